package dataprep.pulumi;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import com.pulumi.deployment.internal.DeploymentInternal;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows down the SDK's busy loop that waits for a program's resources.
 *
 * <p>The loop polls all tasks without a pause, which occupies a processor; see docs/performance.md. This class adds one
 * more task whose state takes some time to poll. Without it, programs behave the same but are slower.
 *
 * <p>Remove this class with the first SDK after 1.36.1, which pauses for ten milliseconds in each round, if a preview is
 * not slower without it.
 *
 * @see <a href="https://github.com/pulumi/pulumi-java/pull/2314">The SDK's own pause</a>
 */
final class Pace<T> extends CompletableFuture<T> {
    static final long LEAST = Duration.ofMillis(5).toNanos();
    private static final long MOST = Duration.ofMillis(100).toNanos();
    /** The loop may use a tenth of a processor. */
    private static final int ROUNDS = 9;

    private long lastPolled = System.nanoTime();

    private Pace() {}

    /** Starts to slow down the loop; without a call of {@link #until}, the loop never ends. */
    static Pace<Void> begin() {
        var pace = new Pace<Void>();
        DeploymentInternal.getInstance().getRunner().registerTask("pace", pace);
        return pace;
    }

    /** Ends the slowdown once all of these are resolved or one of them has failed. */
    void until(Collection<? extends Output<?>> outputs) {
        CompletableFuture.allOf(outputs.stream()
                        .map(output -> Internal.of(output).getDataAsync())
                        .toArray(CompletableFuture[]::new))
                .whenComplete((all, failure) -> complete(null));
    }

    /** The SDK polls futures derived from this one, so these are slow too. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Pace<>();
    }

    /** The pause grows with the duration of a round through all tasks. */
    @Override
    public boolean isDone() {
        if (!super.isDone()) {
            var round = System.nanoTime() - lastPolled;
            LockSupport.parkNanos(Math.min(Math.max(LEAST, ROUNDS * round), MOST));
            lastPolled = System.nanoTime();
        }
        return super.isDone();
    }
}
