package dataprep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** The settings of Pulumi.yaml and of the stack files, as tables. */
final class StackFileDocs {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path PROJECT = Path.of("Pulumi.yaml");

    private StackFileDocs() {}

    static String settings() throws IOException {
        return project().path("config").properties().stream()
                .map(key -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                key.getKey(),
                                type(key.getValue()),
                                byDefault(key.getValue()),
                                description(key.getValue())))
                .collect(Collectors.joining("", "| key | type | default | meaning |\n|---|---|---|---|\n", ""));
    }

    /** The differences between dev and prod. */
    static String stacks() throws IOException {
        var dev = stack("dev");
        var prod = stack("prod");
        var rows = new ArrayList<String>();
        for (var key : project().path("config").properties()) {
            var name = key.getKey();
            var inDev = value(dev, name, key.getValue());
            var inProd = value(prod, name, key.getValue());
            if (!inDev.equals(inProd)) {
                rows.add("| `%s` | %s | %s |\n".formatted(key.getKey(), inDev, inProd));
            }
        }
        return "| setting | dev | prod |\n|---|---|---|\n" + String.join("", rows);
    }

    private static JsonNode project() throws IOException {
        return YAML.readTree(PROJECT.toFile());
    }

    private static JsonNode stack(String name) throws IOException {
        return YAML.readTree(Path.of("Pulumi.%s.yaml".formatted(name)).toFile()).path("config");
    }

    private static String value(JsonNode stack, String name, JsonNode key) {
        if (!stack.has(name)) {
            return byDefault(key);
        }
        var value = stack.path(name);
        return value.isContainerNode() ? "`%s`".formatted(value) : shown(value.asText());
    }

    private static String type(JsonNode key) {
        var items = key.at("/items/type").asText();
        return items.isEmpty() ? key.path("type").asText() : "list of %ss".formatted(items);
    }

    private static String byDefault(JsonNode key) {
        var value = key.path("default");
        if (value.isMissingNode()) {
            return "required";
        }
        return value.isArray() && value.isEmpty() ? "unset" : shown(value.asText());
    }

    private static String shown(String value) {
        return value.isEmpty() ? "unset" : "`" + value.replace("|", "\\|") + "`";
    }

    private static String description(JsonNode key) {
        return key.path("description").asText().replace("|", "\\|");
    }
}
