package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RecipeDocsTest {
    @Test
    void everyFeatureHasALine() throws IOException {
        var page = Files.readString(Path.of("docs", "recipe.md"));
        requireLines(
                new ObjectMapper()
                        .readTree(Path.of("glue-scripts/recipes/recipe.schema.json")
                                .toFile()),
                page);
    }

    private static void requireLines(JsonNode node, String page) {
        node.path("properties").properties().forEach(property -> {
            if (property.getValue().has("description")) {
                var description =
                        property.getValue().path("description").asText().replace("|", "\\|");
                assertTrue(page.contains(property.getKey() + "` |") && page.contains(description), property.getKey());
            }
        });
        node.forEach(child -> requireLines(child, page));
    }
}
