package dataprep.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.CommandResult;
import com.pulumi.automation.CommandRunOptions;
import com.pulumi.automation.PulumiCommand;
import com.pulumi.automation.Version;
import java.util.List;

/**
 * The Pulumi CLI for stacks with outputs that are objects or lists: each becomes its JSON text.
 *
 * <p>The Automation API of the Java SDK 1.36.1 reads outputs as texts and fails on all others. Remove this class once
 * {@code WorkspaceStack.getOutputs} returns an output that is an object.
 */
record ObjectOutputs(PulumiCommand pulumi) implements PulumiCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Version version() {
        return pulumi.version();
    }

    @Override
    public CommandResult run(List<String> arguments, CommandRunOptions options) throws AutomationException {
        var result = pulumi.run(arguments, options);
        return arguments.containsAll(List.of("stack", "output", "--json"))
                ? new CommandResult(result.code(), texts(result.standardOutput()), result.standardError())
                : result;
    }

    static String texts(String outputs) throws AutomationException {
        try {
            if (!(JSON.readTree(outputs) instanceof ObjectNode values)) {
                return outputs;
            }
            var texts = JSON.createObjectNode();
            values.properties()
                    .forEach(output -> texts.put(
                            output.getKey(),
                            output.getValue().isTextual()
                                    ? output.getValue().asText()
                                    : output.getValue().toString()));
            return texts.toString();
        } catch (JsonProcessingException e) {
            throw new AutomationException(e);
        }
    }
}
