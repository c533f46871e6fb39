package dataprep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dataprep.workflow.DataPreparationWorkflow;
import dataprep.workflow.Plan;
import dataprep.workflow.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of the README that are made from the code: the workflow's picture and the table of settings. */
final class GeneratedDocs {
    static final Path README = Path.of("README.md");
    private static final Path PROJECT = Path.of("Pulumi.yaml");

    private GeneratedDocs() {}

    static void write() throws IOException {
        Files.writeString(README, current(Files.readString(README)));
    }

    /** The text with each generated part as the code would have it now. */
    static String current(String readme) throws IOException {
        return replaced(replaced(readme, "workflow", workflow()), "settings", settings());
    }

    private static String replaced(String text, String part, String content) {
        var begin = "<!-- generated: %s -->\n".formatted(part);
        var end = "<!-- end: %s -->".formatted(part);
        var from = text.indexOf(begin);
        var to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException("%s has no lines %s ... %s".formatted(README, begin.strip(), end));
        }
        return text.substring(0, from + begin.length()) + content + text.substring(to);
    }

    private static String workflow() {
        return "```mermaid\n%s\n```\n".formatted(diagram().stripTrailing());
    }

    /** The workflow in Mermaid; it is the same for all settings. */
    static String diagram() {
        var anyPlan = new Plan(List.of(), Optional.empty(), 1, 1, 1, 1, 1, "");
        return DataPreparationWorkflow.define(anyPlan, Resources.placeholders()).toMermaid();
    }

    private static String settings() throws IOException {
        var keys =
                new ObjectMapper(new YAMLFactory()).readTree(PROJECT.toFile()).path("config");
        return keys.properties().stream()
                .map(key -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                key.getKey(),
                                type(key.getValue()),
                                byDefault(key.getValue()),
                                description(key.getValue())))
                .collect(Collectors.joining("", "| key | type | default | meaning |\n|---|---|---|---|\n", ""));
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
        return value.isArray() && value.isEmpty() || value.asText().isEmpty() ? "none" : "`" + value.asText() + "`";
    }

    private static String description(JsonNode key) {
        return key.path("description").asText().replace("|", "\\|");
    }
}
