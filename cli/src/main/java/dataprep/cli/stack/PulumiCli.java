package dataprep.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.cli.changes.StackUpdate;
import dataprep.cli.exit.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Pulumi CLI, for features that the Automation API lacks, such as a preview's events. */
record PulumiCli(Path project, Map<String, String> environment) {

    /**
     * @throws CommandFailure with the CLI's output, if it fails
     */
    void run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("pulumi"));
        command.addAll(List.of(arguments));
        command.add("--non-interactive");
        var builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put(EventLog.OPTION_VARIABLE, "true");
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw CommandFailure.failed(output.strip());
        }
    }

    /**
     * The engine's events of a preview, including its errors.
     *
     * @throws CommandFailure if the preview did not start
     */
    List<JsonNode> preview(String stack) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("dataprep-");
        var events = folder.resolve("events.json");
        try {
            return preview(stack, events);
        } finally {
            Files.deleteIfExists(events);
            Files.delete(folder);
        }
    }

    private List<JsonNode> preview(String stack, Path events) throws IOException, InterruptedException {
        try {
            run("preview", "--stack", stack, "--event-log", events.toString());
        } catch (CommandFailure e) {
            if (StackUpdate.of(EventLog.read(events)).errors().isEmpty()) {
                throw e;
            }
        }
        return EventLog.read(events);
    }
}
