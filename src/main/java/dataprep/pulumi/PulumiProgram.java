package dataprep.pulumi;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.LogManager;

/** Runs a Pulumi program with the workarounds of this package. */
public final class PulumiProgram {
    private PulumiProgram() {}

    /**
     * Runs the program of this process to its end.
     *
     * @param settings reads the settings while the SDK connects to the engine
     * @param stack registers the resources and returns the stack's outputs
     */
    public static <T> void run(Supplier<T> settings, Function<T, Map<String, Output<?>>> stack) {
        CommonPool.makeRoom();
        // the SDK sends each message to the engine and also prints it: the engine would show it twice, until
        // https://github.com/pulumi/pulumi-java/issues/785 is resolved
        LogManager.getLogManager().reset();
        var read = CompletableFuture.supplyAsync(settings);
        EngineChannels.register();
        Pulumi.run(ctx -> deploy(ctx, () -> stack.apply(joined(read))));
    }

    /** Runs a program in a process that already has a context, such as a test or an inline program. */
    public static void deploy(Context ctx, Supplier<Map<String, Output<?>>> stack) {
        DebugMessages.drop();
        var pace = Pace.begin();
        Map<String, Output<?>> outputs = Map.of();
        try {
            outputs = stack.get();
            outputs.forEach(ctx::export);
        } finally {
            pace.until(outputs.values());
        }
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RunException refusal ? refusal : e;
        }
    }
}
