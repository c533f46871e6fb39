package dataprep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dataprep.cli.stack.PulumiStacks;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An example with a server of its sources, deployed to a local AWS of its own. */
final class ExampleStack implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StackOnLocalAws stack;
    private final String config;

    ExampleStack(String name) throws Exception {
        var file = YAML.readTree(Path.of("examples", name, "settings.yaml").toFile());
        this.stack = StackOnLocalAws.start(
                Path.of("target", name + "-example-it"),
                Optional.of(Path.of(file.path("localServer").asText())));
        var text = JSON.writeValueAsString(file.path("config"));
        for (var property : stack.endpoint().server().entrySet()) {
            text = text.replace("{server.%s}".formatted(property.getKey()), property.getValue());
        }
        this.config = text;
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
        JSON.readTree(config).properties().forEach(entry -> settings.put(entry.getKey(), text(entry.getValue())));
        settings.putAll(changes);
        stack.deploy(StackFiles.settings(PulumiStacks.LOCAL, settings));
    }

    private static String text(JsonNode value) {
        return value.isContainerNode() ? value.toString() : value.asText();
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
