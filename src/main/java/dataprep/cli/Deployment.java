package dataprep.cli;

import com.pulumi.automation.OutputValue;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.WorkspaceStack;
import com.pulumi.automation.events.EngineEvent;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One `pulumi up`, told in two lines, or with what the engine said if it fails. */
final class Deployment {
    private final PrintStream out;
    private final List<String> errors = new ArrayList<>();

    Deployment(PrintStream out) {
        this.out = out;
    }

    /** @throws CommandFailure with the engine's own errors */
    Map<String, OutputValue> up(WorkspaceStack stack) {
        out.printf("Deploying stack '%s' with Pulumi%n", stack.name());
        try {
            var result =
                    stack.up(UpOptions.builder().onEvent(this::collectErrors).build());
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
            throw CommandFailure.failed("the deployment failed\n"
                    + (errors.isEmpty()
                            ? e.getMessage()
                            : String.join("\n", errors).stripTrailing()));
        }
    }

    private void collectErrors(EngineEvent event) {
        var diagnostic = event.diagnosticEvent();
        if (diagnostic != null && "error".equals(diagnostic.severity())) {
            errors.add(diagnostic.message().replaceAll("<\\{%.*?%}>", ""));
        }
    }
}
