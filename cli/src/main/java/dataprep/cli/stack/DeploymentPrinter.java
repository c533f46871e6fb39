package dataprep.cli.stack;

import com.pulumi.automation.OutputValue;
import com.pulumi.automation.WorkspaceStack;
import dataprep.cli.changes.StackUpdate;
import dataprep.cli.exit.CommandFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a `pulumi up` as two lines, or the engine's errors if it fails. */
public final class DeploymentPrinter {
    private final PrintStream out;

    public DeploymentPrinter(PrintStream out) {
        this.out = out;
    }

    /** @throws CommandFailure with the engine's own errors */
    public Map<String, OutputValue> up(WorkspaceStack stack) {
        out.printf("Deploying stack '%s' with Pulumi%n", stack.name());
        try {
            var result = stack.up();
            var changes = result.summary().resourceChanges().entrySet().stream()
                    .map(change -> "%d %s"
                            .formatted(
                                    change.getValue(),
                                    change.getKey().toString().toLowerCase()))
                    .sorted()
                    .collect(Collectors.joining(", "));
            out.printf("  resources: %s%n%n", changes);
            return result.outputs();
        } catch (Exception e) {
            var errors = errors(stack);
            throw CommandFailure.failed("the deployment failed\n" + (errors.isEmpty() ? e.getMessage() : errors));
        }
    }

    private static String errors(WorkspaceStack stack) {
        try {
            return String.join("\n", StackUpdate.of(EventLog.of(stack)).errors());
        } catch (IOException e) {
            return "";
        }
    }
}
