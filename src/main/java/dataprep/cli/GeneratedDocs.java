package dataprep.cli;

import static dataprep.workflow.DataPreparationWorkflow.COMMIT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dataprep.asl.StateMachine;
import dataprep.failures.FailureDocs;
import dataprep.failures.FailureMatrix;
import dataprep.workflow.DataPreparationWorkflow;
import dataprep.workflow.Plan;
import dataprep.workflow.Resources;
import dataprep.workflow.Watching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of the docs that are made from the code: the workflow's picture, the settings, the failure matrix. */
final class GeneratedDocs {
    static final Path README = Path.of("README.md");
    static final Path FAILURES = Path.of("docs", "failures.md");
    private static final Path PROJECT = Path.of("Pulumi.yaml");

    private GeneratedDocs() {}

    static void write() throws IOException {
        Files.writeString(README, current(Files.readString(README)));
        RecipeDocs.write();
        Files.writeString(FAILURES, currentFailures(Files.readString(FAILURES)));
    }

    /** The text with each generated part as the code would have it now. */
    static String current(String readme) throws IOException {
        var told = replaced(replaced(readme, "workflow", workflow()), "settings", settings());
        return replaced(told, "stacks", StackTable.markdown());
    }

    /** The failure matrix with its tables as the code would have them now. */
    static String currentFailures(String document) {
        return replaced(document, "failures", FailureDocs.of(new FailureMatrix(definition(), COMMIT).rows()));
    }

    private static String replaced(String text, String part, String content) {
        var begin = "<!-- generated: %s -->\n".formatted(part);
        var end = "<!-- end: %s -->".formatted(part);
        var from = text.indexOf(begin);
        var to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException("there are no lines %s ... %s".formatted(begin.strip(), end));
        }
        return text.substring(0, from + begin.length()) + content + text.substring(to);
    }

    private static String workflow() {
        return "```mermaid\n%s\n```\n".formatted(definition().toMermaid().stripTrailing());
    }

    private static StateMachine definition() {
        var untold = new Watching("", List.of(), false, false);
        var anyPlan = new Plan(List.of(), Optional.empty(), 1, 1, 1, 1, 1, "", untold);
        return DataPreparationWorkflow.define(anyPlan, Resources.placeholders());
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
