package dataprep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The reference in docs/recipe.md: one line for each property of a recipe, from the JSON Schema. */
final class RecipeDocs {
    private static final Path SCHEMA = Path.of("glue-scripts", "recipes", "recipe.schema.json");
    private static final Path FUNCTIONS = Path.of("glue-scripts", "dataprep", "allowed_functions.txt");
    private static final String HEAD = "| key | type | default | allowed | meaning |\n|---|---|---|---|---|\n";

    /** Definitions with their own section, by heading. */
    private static final Map<String, String> SECTIONS = sections();

    private final JsonNode schema;
    private final StringBuilder rows = new StringBuilder();

    private RecipeDocs(JsonNode schema) {
        this.schema = schema;
    }

    static String reference() throws IOException {
        var schema = new ObjectMapper().readTree(SCHEMA.toFile());
        var text = new StringBuilder(section(schema, schema, "The recipe"));
        SECTIONS.forEach(
                (name, heading) -> text.append("\n").append(section(schema, schema.at("/$defs/" + name), heading)));
        return text.append("\n").append(functions()).toString();
    }

    /** The functions by their heading in the list. */
    private static String functions() throws IOException {
        var text = new StringBuilder("### Functions\n\n| of | functions |\n|---|---|\n");
        var group = "";
        var names = new ArrayList<String>();
        for (var line : Files.readAllLines(FUNCTIONS)) {
            if (!line.startsWith("#")) {
                Stream.of(line.split(" ")).map("`%s`"::formatted).forEach(names::add);
                continue;
            }
            addFunctions(text, group, names);
            group = line.substring(2);
        }
        addFunctions(text, group, names);
        return text.toString();
    }

    private static void addFunctions(StringBuilder text, String group, List<String> names) {
        if (!names.isEmpty()) {
            text.append("| %s | %s |\n".formatted(group, String.join(", ", names)));
            names.clear();
        }
    }

    private static String section(JsonNode schema, JsonNode node, String heading) {
        var docs = new RecipeDocs(schema);
        docs.properties("", node);
        return "### %s\n\n%s%s".formatted(heading, HEAD, docs.rows);
    }

    private void properties(String prefix, JsonNode node) {
        var required = texts(node.path("required"));
        node.path("properties")
                .properties()
                .forEach(property ->
                        row(prefix + property.getKey(), property.getValue(), required.contains(property.getKey())));
    }

    private void row(String key, JsonNode property, boolean isRequired) {
        var node = resolved(property);
        rows.append("| `%s` | %s | %s | %s | %s |\n"
                .formatted(key, type(node), byDefault(node, isRequired), allowed(node), cell(description(property))));
        if (hasSection(property)
                || hasSection(property.path("items"))
                || hasSection(property.path("additionalProperties"))) {
            return;
        }
        properties(key + ".", node);
        properties(key + "[].", resolved(node.path("items")));
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : schema.at(reference.substring(1));
    }

    private static boolean hasSection(JsonNode node) {
        return SECTIONS.containsKey(node.path("$ref").asText().replace("#/$defs/", ""));
    }

    private String description(JsonNode property) {
        var own = property.path("description").asText();
        var text = own.isEmpty() ? resolved(property).path("description").asText() : own;
        for (var part : List.of(property, property.path("items"), property.path("additionalProperties"))) {
            if (hasSection(part)) {
                var heading = SECTIONS.get(part.path("$ref").asText().replace("#/$defs/", ""));
                return "%s See [%s](#%s)."
                        .formatted(
                                text, heading, heading.toLowerCase(Locale.ROOT).replace(' ', '-'))
                        .strip();
            }
        }
        return text;
    }

    private String type(JsonNode node) {
        if (node.path("type").isArray()) {
            return String.join(" or ", texts(node.path("type")));
        }
        if (node.has("enum")) {
            return "string";
        }
        if (node.path("type").asText().equals("array")) {
            return "list of " + plural(type(resolved(node.path("items"))));
        }
        var values = node.path("additionalProperties");
        if (values.isObject()) {
            return "object of %s by name".formatted(plural(type(resolved(values))));
        }
        return node.path("type").asText();
    }

    private static String plural(String type) {
        return type.replace(" or ", "s or ") + "s";
    }

    private static String byDefault(JsonNode node, boolean isRequired) {
        if (node.has("default")) {
            return "`%s`".formatted(cell(node.path("default").asText()));
        }
        return isRequired ? "required" : "none";
    }

    private static String allowed(JsonNode node) {
        var allowed = new ArrayList<String>();
        texts(node.path("enum")).forEach(value -> allowed.add("`%s`".formatted(value)));
        texts(node.path("examples")).forEach(value -> allowed.add("`%s`".formatted(value)));
        if (!node.has("examples")) {
            add(allowed, node, "pattern", "`%s`");
        }
        add(allowed, node, "maxLength", "characters: at most %s");
        add(allowed, node, "minimum", "at least %s");
        add(allowed, node, "exclusiveMinimum", "more than %s");
        add(allowed, node, "maximum", "at most %s");
        add(allowed, node.path("propertyNames"), "pattern", "names `%s`");
        add(allowed, node, "minItems", "at least %s of them");
        return String.join(", ", allowed);
    }

    private static void add(List<String> allowed, JsonNode node, String key, String words) {
        if (node.has(key)) {
            allowed.add(words.formatted(cell(node.path(key).asText())));
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static Map<String, String> sections() {
        var sections = new LinkedHashMap<String, String>();
        sections.put("source", "A source");
        sections.put("format", "A format");
        sections.put("column", "A column");
        sections.put("step", "A step");
        sections.put("rule", "A rule");
        return sections;
    }
}
