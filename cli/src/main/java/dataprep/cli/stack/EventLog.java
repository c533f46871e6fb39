package dataprep.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.CommandResult;
import com.pulumi.automation.CommandRunOptions;
import com.pulumi.automation.PulumiCommand;
import com.pulumi.automation.Version;
import com.pulumi.automation.WorkspaceStack;
import com.pulumi.automation.events.EngineEvent;
import com.pulumi.automation.serialization.internal.LocalSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The Pulumi CLI with an event log that is read after the command. The Automation API reads it during the command, and
 * fails on a partially written line.
 */
public record EventLog(PulumiCommand pulumi, Path file) implements PulumiCommand {
    /** The event log's file. */
    private static final String VARIABLE = "DATAPREP_EVENT_LOG";
    /** Enables the CLI's option for the event log. */
    static final String OPTION_VARIABLE = "PULUMI_DEBUG_COMMANDS";

    private static final Set<String> LOGGED = Set.of("up", "preview");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The additional environment variables of the CLI. */
    Map<String, String> environment() {
        return Map.of(OPTION_VARIABLE, "true", VARIABLE, file.toString());
    }

    @Override
    public Version version() {
        return pulumi.version();
    }

    @Override
    public CommandResult run(List<String> arguments, CommandRunOptions options) throws AutomationException {
        if (Collections.disjoint(arguments, LOGGED)) {
            return pulumi.run(arguments, options);
        }
        // the CLI would append to the log of an earlier operation
        file.toFile().delete();
        var all = new ArrayList<>(arguments);
        all.add("--event-log");
        all.add(file.toAbsolutePath().toString());
        var result = pulumi.run(all, withoutListener(options));
        if (options.onEngineEvent() != null) {
            replay(options.onEngineEvent());
        }
        return result;
    }

    private static CommandRunOptions withoutListener(CommandRunOptions options) {
        return CommandRunOptions.builder()
                .workingDir(options.workingDir())
                .additionalEnv(options.additionalEnv())
                .standardInput(options.standardInput())
                .onStandardOutput(options.onStandardOutput())
                .onStandardError(options.onStandardError())
                .build();
    }

    private void replay(Consumer<EngineEvent> listener) throws AutomationException {
        var serializer = new LocalSerializer();
        try {
            for (var line : lines(file)) {
                listener.accept(serializer.deserializeJson(line, EngineEvent.class));
            }
        } catch (IOException e) {
            throw new AutomationException(e);
        }
    }

    /** The events of the last update of a stack; empty if its CLI has no event log. */
    public static List<JsonNode> of(WorkspaceStack stack) throws IOException {
        var file = stack.workspace().environmentVariables().get(VARIABLE);
        return file == null ? List.of() : read(Path.of(file));
    }

    /** The events of the last update, in order; empty if it did not start. */
    static List<JsonNode> read(Path file) throws IOException {
        var events = new ArrayList<JsonNode>();
        for (var line : lines(file)) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
