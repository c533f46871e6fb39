package dataprep;

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
    static final Duration PAUSE = Duration.ofMillis(5);

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

    @Override
    public boolean isDone() {
        if (!super.isDone()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return super.isDone();
    }
}
