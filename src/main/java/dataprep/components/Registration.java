package dataprep.components;

import com.pulumi.core.Output;
import com.pulumi.core.internal.Internal;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a resource without work.
 *
 * <p>Once a program has said all it wants, the SDK looks in a loop without pause whether every resource is there, which
 * takes one processor from those who make them, see docs/performance.md.
 */
public final class Registration {
    /** The SDK waits for as long as it takes. */
    private static final int MOST_SECONDS = 60;

    private Registration() {}

    /** Returns once the resource that has this output is registered or has failed, which the SDK reports. */
    public static void await(Output<?> output) {
        Internal.of(output)
                .getDataAsync()
                .<Void>handle((data, failure) -> null)
                .completeOnTimeout(null, MOST_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
