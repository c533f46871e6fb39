package dataprep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the stack files say differently, as a table: one row a key, one column a stack. */
final class StackTable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> STACKS = List.of("dev", "prod");
    private static final String PROJECT = "data-preparation:";

    private StackTable() {}

    static String markdown() throws IOException {
        var defaults = config("Pulumi.yaml");
        var stacks = new ArrayList<JsonNode>();
        for (var stack : STACKS) {
            stacks.add(config("Pulumi.%s.yaml".formatted(stack)));
        }
        var table = new StringBuilder(
                "| key | %s |\n|---|%s\n".formatted(String.join(" | ", STACKS), "---|".repeat(STACKS.size())));
        defaults.properties().forEach(key -> {
            var byDefault = key.getValue().path("default");
            var values = stacks.stream()
                    .map(stack -> stack.path(PROJECT + key.getKey()))
                    .map(value -> value.isMissingNode() ? byDefault : value)
                    .map(JsonNode::asText)
                    .toList();
            if (values.stream().distinct().count() > 1) {
                table.append("| `%s` | %s |\n".formatted(key.getKey(), String.join(" | ", shown(values))));
            }
        });
        return table.toString();
    }

    private static List<String> shown(List<String> values) {
        return values.stream()
                .map(value -> value.isEmpty() ? "none" : "`%s`".formatted(value))
                .toList();
    }

    private static JsonNode config(String file) throws IOException {
        return YAML.readTree(Path.of(file).toFile()).path("config");
    }
}
