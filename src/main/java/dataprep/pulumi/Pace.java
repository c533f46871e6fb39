package dataprep.pulumi;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.deployment.internal.DeploymentInternal;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows down how the SDK waits for a program's resources.
 *
 * <p>It asks each task that it knows of whether it is done, over and over without pause, which takes a processor from
 * those who do the tasks; see docs/performance.md. This is one more task, which takes its time to answer. Without it,
 * all is as it was, and slower.
 */
final class Pace<T> extends CompletableFuture<T> {
    static final long LEAST = Duration.ofMillis(5).toNanos();
    private static final long MOST = Duration.ofMillis(100).toNanos();
    /** The loop may take a tenth of a processor. */
    private static final int ROUNDS = 9;

    private long answered = System.nanoTime();

    private Pace() {}

    /** Begins to slow down the waiting; it must be told the {@link #until end}, else it lasts for ever. */
    static Pace<Void> begin() {
        var pace = new Pace<Void>();
        DeploymentInternal.getInstance().getRunner().registerTask("pace", pace);
        return pace;
    }

    /** Ends it once all of these are known, or one of them has failed. */
    void until(Collection<? extends Output<?>> outputs) {
        CompletableFuture.allOf(outputs.stream()
                        .map(output -> Internal.of(output).getDataAsync())
                        .toArray(CompletableFuture[]::new))
                .whenComplete((all, failure) -> complete(null));
    }

    /** What the SDK derives of it, and asks in its place, takes its time too. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Pace<>();
    }

    /** The pause is longer if a round through all tasks takes longer, as there are more. */
    @Override
    public boolean isDone() {
        if (!super.isDone()) {
            var round = System.nanoTime() - answered;
            LockSupport.parkNanos(Math.min(Math.max(LEAST, ROUNDS * round), MOST));
            answered = System.nanoTime();
        }
        return super.isDone();
    }
}
