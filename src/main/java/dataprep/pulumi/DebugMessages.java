package dataprep.pulumi;

import com.pulumi.Log;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentInternal;
import com.pulumi.deployment.internal.EngineLogger;
import com.pulumi.resources.Resource;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;

/**
 * The SDK's debug messages about each resource, which are not sent to the engine.
 *
 * <p>The SDK sends several of them for a resource, with its properties, one after the other and each with a call of its
 * own, even if nobody has asked for debug messages; see docs/performance.md. Without this class, programs behave the same
 * but are slower.
 *
 * <p>Remove this class with the first SDK that sends debug messages only on request, as those for Node.js and Python do.
 *
 * @see <a href="https://github.com/pulumi/pulumi/pull/7295">The same change in the SDK for Python</a>
 */
final class DebugMessages implements EngineLogger {
    private final EngineLogger engine;

    private DebugMessages(EngineLogger engine) {
        this.engine = engine;
    }

    /** Drops the messages of the present program from now on. */
    static void drop() {
        if (DeploymentInternal.getInstance() instanceof DeploymentImpl deployment) {
            dropFrom(deployment.getLog());
        }
    }

    static void dropFrom(Log log) {
        try {
            var logger = Log.class.getDeclaredField("logger");
            logger.setAccessible(true);
            logger.set(log, new DebugMessages((EngineLogger) logger.get(log)));
        } catch (ReflectiveOperationException e) {
            // another SDK: its messages are sent
        }
    }

    @Override
    public CompletableFuture<Void> logAsync(
            Level level, String message, Resource resource, Integer streamId, Boolean ephemeral) {
        return level.intValue() < Level.INFO.intValue()
                ? CompletableFuture.completedFuture(null)
                : engine.logAsync(level, message, resource, streamId, ephemeral);
    }

    @Override
    public boolean hasLoggedErrors() {
        return engine.hasLoggedErrors();
    }

    @Override
    public int getErrorCount() {
        return engine.getErrorCount();
    }
}
