package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dataprep.cli.stack.LocalSettings;
import dataprep.cli.stack.PulumiStacks;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** An example with a server of its sources, deployed to a local AWS of its own, on which nothing waits long. */
final class ExampleStack implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final StackOnLocalAws stack;
    private final JsonNode config;

    ExampleStack(String name, Map<String, String> changes) throws Exception {
        var file = YAML.readTree(Path.of("examples", name, "settings.yaml").toFile());
        this.stack = StackOnLocalAws.start(
                Path.of("target", name + "-example-it"),
                Optional.of(Path.of(file.path("localServer").asText())));
        this.config = LocalSettings.withServer(file.path("config"), stack.endpoint());
        deploy(changes);
        stack.shortenWaits();
    }

    StackOnLocalAws stack() {
        return stack;
    }

    /** What the server says of itself. */
    String server(String property) {
        return stack.endpoint().server().get(property);
    }

    /** Deploys the example's settings, with other values for some. */
    void deploy(Map<String, String> changes) throws Exception {
        var settings = new HashMap<String, String>(Map.of("sampleData", ""));
        config.properties().forEach(entry -> settings.put(entry.getKey(), text(entry.getValue())));
        settings.putAll(changes);
        stack.deploy(StackFiles.settings(PulumiStacks.LOCAL, settings));
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    /** Runs the example with another secret for its source, which fails; the end, in which and elsewhere none is. */
    DescribeExecutionResponse endWithSecret(String sourceSecrets, String... neverShown) throws Exception {
        var before = stack.manifest();
        deploy(Map.of("sourceSecrets", sourceSecrets));
        var execution = stack.start("{\"force\": true}");
        var end = stack.end(execution);
        assertEquals(ExecutionStatus.FAILED, end.status());
        assertEquals(before, stack.manifest());
        for (var secret : neverShown) {
            assertFalse(end.toString().contains(secret));
            stack.assertIsNowhere(secret, execution);
        }
        return end;
    }

    /** The output of a run that publishes. */
    JsonNode publish(String input) throws Exception {
        var output = stack.output(stack.start(input));
        assertTrue(output.path("published").asBoolean(), output.toString());
        return output;
    }

    /** The published rows, as lines of CSV without the header. */
    List<String> rows() {
        return stack.object("transformed-data/output.csv").lines().skip(1).toList();
    }

    String watermark() throws IOException {
        return stack.manifest().path("watermark").asText();
    }

    @Override
    public void close() {
        stack.close();
    }
}
