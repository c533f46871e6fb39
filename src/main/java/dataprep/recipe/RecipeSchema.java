package dataprep.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The JSON Schema of recipes, which editors, this program and the job's tests share. */
final class RecipeSchema {
    private static final Path FILE = Path.of("glue-scripts", "recipes", "recipe.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    private RecipeSchema() {}

    /** The schema's text. */
    static String text() throws IOException {
        return Files.readString(FILE);
    }

    /**
     * @throws RecipeException if the text is not JSON
     */
    static JsonNode parse(String text) throws RecipeException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new RecipeException(List.of("line %d, column %d: not JSON: %s"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr(), e.getOriginalMessage())));
        }
    }

    /**
     * @throws RecipeException if the recipe does not match the schema
     */
    static void check(JsonNode recipe, String schema) throws RecipeException {
        var paths = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_PATH)
                .locale(Locale.ENGLISH)
                .build();
        var errors = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12, registry -> registry.schemaRegistryConfig(paths))
                .getSchema(schema, InputFormat.JSON)
                .validate(recipe);
        if (!errors.isEmpty()) {
            throw new RecipeException(errors.stream()
                    .map(RecipeSchema::describe)
                    .sorted()
                    .distinct()
                    .toList());
        }
    }

    private static String describe(Error error) {
        var node = error.getInstanceNode();
        var got = node == null || node.isContainerNode() ? "" : "got %s, ".formatted(node);
        return "%s: %s%s".formatted(error.getInstanceLocation(), got, error.getMessage());
    }
}
