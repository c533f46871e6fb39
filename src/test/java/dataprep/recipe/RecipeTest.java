package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    /** A recipe in which each test puts its own mistake. */
    private static final String SOUND = """
            {
              "name": "orders",
              "sources": {
                "orders": {
                  "format": {"type": "csv"},
                  "columns": [
                    {"name": "id", "type": "long", "required": true},
                    {"name": "customer", "type": "integer"},
                    {"name": "amount", "type": "decimal(10,2)"}
                  ]
                },
                "customers": {
                  "format": {"type": "jsonLines"},
                  "columns": [{"name": "id", "type": "integer"}, {"name": "country", "type": "string"}]
                }
              },
              "dataset": {
                "from": "orders",
                "steps": [
                  {"dedupe": {"by": ["id"]}},
                  {"join": {"source": "customers", "on": {"customer": "id"}, "columns": {"land": "country"}}},
                  {"derive": [{"name": "large", "type": "boolean", "expression": "amount > 1000"}]}
                ]
              }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void theColumnsFollowFromTheSteps() throws Exception {
        var recipe = read(SOUND);
        assertEquals("orders", recipe.name());
        assertEquals(Set.of("orders", "customers"), recipe.sourceNames());
        assertEquals("id bigint, customer int, amount decimal(10,2), land string, large boolean", columns(recipe));
    }

    @Test
    void anAggregateLeavesItsKeysAndMeasures() throws Exception {
        var steps = """
                [
                  {"aggregate": {
                    "by": ["customer"],
                    "measures": [{"name": "total", "type": "double", "expression": "sum(amount)"}]
                  }},
                  {"select": ["total", "customer"]}
                ]""";
        var before = SOUND.substring(0, SOUND.indexOf("\"steps\": ") + "\"steps\": ".length());
        assertEquals("total double, customer int", columns(read(before + steps + "}}")));
    }

    @Test
    void theShippedRecipeIsSound() throws Exception {
        assertEquals(
                17,
                Recipe.read(Path.of("glue-scripts/recipes/flights.json"))
                        .columns()
                        .size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "from": "orders"        | "from": "nowhere"          | $.dataset.from: got 'nowhere', allowed is a source: customers, orders
            "source": "customers"   | "source": "clients"        | $.dataset.steps[1].join.source: got 'clients', allowed is a source
            "type": "long"          | "type": "bigint"           | $.sources.orders.columns[0].type: got "bigint",
            "required": true        | "requierd": true           | requierd
            "by": ["id"]            | "by": ["number"]           | $.dataset.steps[0].dedupe.by: got 'number', allowed is a column
            {"customer": "id"}      | {"client": "id"}           | $.dataset.steps[1].join.on: got 'client', allowed is a column
            {"customer": "id"}      | {"customer": "number"}     | $.dataset.steps[1].join.on: got 'number', allowed is a column
            {"land": "country"}     | {"land": "region"}         | $.dataset.steps[1].join.columns.land: got 'region'
            {"land": "country"}     | {"amount": "country"}      | got 'amount', allowed is a name that no other column has
            "name": "customer"      | "name": "id"               | $.sources.orders.columns: got 'id', allowed is a name that no other
            "type": "csv"           | "type": "xlsx"             | "xlsx"
            {"name": "orders",      | {"name": "Orders",         | "Orders"
            """)
    void aMistakeIsToldWithItsPlaceAndWhatIsAllowed(String sound, String wrong, String expected) {
        var text = SOUND.replace("{\n  \"name\"", "{\"name\"");
        assertTrue(text.contains(sound), sound);
        assertProblem(text.replace(sound, wrong), expected);
    }

    @Test
    void whatIsNoJsonIsToldWithLineAndColumn() {
        assertProblem(SOUND.replace("\"name\": \"orders\",", "\"name\": \"orders\""), "line 3, column");
        assertProblem(SOUND + "}", "no JSON");
        assertProblem(SOUND.replace("\"dataset\"", "\"sources\""), "Duplicate field 'sources'");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        var exception = assertProblem(
                SOUND.replace("\"by\": [\"id\"]", "\"by\": [\"number\"]")
                        .replace("\"land\": \"country\"", "\"land\": \"region\""),
                "'number'");
        assertEquals(2, exception.problems().size(), exception.getMessage());
    }

    private RecipeException assertProblem(String text, String expected) {
        var exception = assertThrows(RecipeException.class, () -> read(text));
        assertTrue(exception.getMessage().contains(expected), exception.getMessage());
        assertTrue(exception.getMessage().startsWith("recipe " + folder), exception.getMessage());
        return exception;
    }

    private Recipe read(String text) throws RecipeException, IOException {
        return Recipe.read(Files.writeString(folder.resolve("recipe.json"), text));
    }

    private static String columns(Recipe recipe) {
        return String.join(
                ", ",
                recipe.columns().stream()
                        .map(column -> column.name() + " " + column.hiveType())
                        .toList());
    }
}
