package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    /** A valid recipe that each test changes. */
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
    void aDescriptionFollowsItsColumnThroughTheSteps() throws Exception {
        var recipe =
                read(SOUND.replace("\"name\": \"orders\",", "\"name\": \"orders\", \"description\": \"All orders\",")
                        .replace("\"country\", ", "\"country\", \"description\": \"Where they live\", ")
                        .replace("\"large\", ", "\"large\", \"description\": \"Needs approval\", "));
        assertEquals("All orders", recipe.description().orElseThrow());
        var descriptions = recipe.columns().stream()
                .filter(column -> column.description().isPresent())
                .map(column -> column.name() + ": " + column.description().get())
                .toList();
        assertEquals(List.of("land: Where they live", "large: Needs approval"), descriptions);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    (x * 201), must be at most 200 characters
                    (ä * 128), must be at most 255 bytes in UTF-8
                    two\\nlines, does not match the regex pattern
                    """)
    void aDescriptionThatTheCatalogWouldRejectIsRejected(String written, String rule) {
        var repeated = java.util.regex.Pattern.compile("\\((.) \\* (\\d+)\\)").matcher(written);
        var text = repeated.matches() ? repeated.group(1).repeat(Integer.parseInt(repeated.group(2))) : written;
        var recipe = SOUND.replace("\"large\", ", "\"large\", \"description\": \"%s\", ".formatted(text));
        var error = assertThrows(RecipeException.class, () -> read(recipe));
        assertTrue(error.getMessage().contains(rule), error.getMessage());
    }

    @Test
    void theColumnsFollowFromTheSteps() throws Exception {
        var recipe = read(SOUND);
        assertEquals("orders", recipe.name());
        assertEquals(Set.of("orders", "customers"), recipe.sourceNames());
        assertEquals("id bigint, customer int, amount decimal(10,2), land string, large boolean", columns(recipe));
    }

    @Test
    void anAggregateOutputsItsKeysAndMeasures() throws Exception {
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
    void aPivotOutputsItsKeysAndAColumnForEachValue() throws Exception {
        var steps = """
                [
                  {"pivot": {
                    "by": ["customer"],
                    "column": "id",
                    "columns": {"one": 1, "two": 2},
                    "measure": {"type": "double", "expression": "sum(amount)"}
                  }}
                ]""";
        var before = SOUND.substring(0, SOUND.indexOf("\"steps\": ") + "\"steps\": ".length());
        assertEquals("customer int, one double, two double", columns(read(before + steps + "}}")));
    }

    @Test
    void theShippedRecipeIsValid() throws Exception {
        assertEquals(
                17,
                Recipe.read(Path.of("glue-scripts/recipes/flights.json"))
                        .columns()
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "delays"})
    void theExamplesAreValidAndTheirSettingsNameTheirSources(String example) throws Exception {
        var folder = Path.of("examples", example);
        var recipe = Recipe.read(folder.resolve("recipe.json"));
        var config = new ObjectMapper(new YAMLFactory())
                .readTree(folder.resolve("settings.yaml").toFile())
                .path("config");
        assertEquals(
                folder.resolve("recipe.json").toString(), config.path("recipe").asText());
        assertEquals(recipe.sourceNames(), Set.copyOf(config.path("sources").findValuesAsText("name")));
        var samples = Path.of(config.path("sampleData").asText());
        config.path("sources")
                .findValuesAsText("uri")
                .forEach(uri -> assertTrue(
                        Files.isRegularFile(samples.resolve(uri.replace("s3://{dataBucket}/samples/", ""))), uri));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "from": "orders"        | "from": "nowhere"          | $.dataset.from: invalid value 'nowhere'; must be a source: customers, orders
            "source": "customers"   | "source": "clients"        | $.dataset.steps[1].join.source: invalid value 'clients'; must be a source
            "type": "long"          | "type": "bigint"           | $.sources.orders.columns[0].type: got "bigint",
            "required": true        | "requierd": true           | requierd
            "by": ["id"]            | "by": ["number"]           | $.dataset.steps[0].dedupe.by: invalid value 'number'; must be a column
            {"customer": "id"}      | {"client": "id"}           | $.dataset.steps[1].join.on: invalid value 'client'; must be a column
            {"customer": "id"}      | {"customer": "number"}     | $.dataset.steps[1].join.on: invalid value 'number'; must be a column
            {"land": "country"}     | {"land": "region"}         | $.dataset.steps[1].join.columns.land: invalid value 'region'
            {"land": "country"}     | {"amount": "country"}      | invalid value 'amount'; must be a name that no other column has
            "name": "customer"      | "name": "id"               | $.sources.orders.columns[1].name: invalid value 'id'; must be a name that no
            "by": ["id"]            | "by": ["id"], "orderBy": ["x"] | $.dataset.steps[0].dedupe.orderBy: invalid value 'x'; must be a column
            "amount > 1000"         | "amout > 1000"             | steps[2].derive[0].expression: invalid value 'amout'; must be a column: amount,
            "amount > 1000"         | "amount >"                 | not a Spark SQL expression, from line 1, column 9: its end
            "amount > 1000"         | "amount > 1000)"           | from line 1, column 14: ')'
            "amount > 1000"         | "(select 1) > 0"           | a subquery is not allowed
            "amount > 1000"         | "`Reflect`('a') = id"      | function reflect is not allowed; docs/recipe.md lists the allowed functions
            {"customer": "id"}      | {"amount": "country"}      | join.on.amount: invalid value 'country'; must be a column of a type that compares exactly with decimal(10,2), not string
            "decimal(10,2)"         | "decimal(2,10)"            | columns[2].type: invalid value 'decimal(2,10)'; must be a decimal whose scale
            "required": true        | "default": "none"          | columns[0].default: invalid value 'none'; must be a value of type long
            "required": true        | "allowed": [1, 2.5]        | columns[0].allowed: invalid value '2.5'; must be a value of type long
            "required": true        | "range": {"min": "x"}      | columns[0].range.min: invalid value 'x'; must be a value of type long
            "required": true        | "range": {"min": 3, "max": 2} | columns[0].range: invalid value '3 to 2'; must be a minimum
            "required": true        | "length": {"min": 3, "max": 2} | columns[0].length: invalid value '3 to 2'; must be a minimum
            "required": true        | "pattern": "[0-9"          | columns[0].pattern: invalid value '[0-9'; must be a regular expression
            "required": true        | "replace": [{"pattern": "(", "with": ""}] | columns[0].replace[0].pattern: invalid value '('
            "required": true        | "format": "dd.MM.yyyy"     | columns[0].format: invalid value 'dd.MM.yyyy'; must be unset: it is for date
            "required": true        | "zone": "UTC"              | columns[0].zone: invalid value 'UTC'; must be unset: it is for timestamp
            {"type": "jsonLines"}   | {"type": "jsonLines", "delimiter": ";"} | customers.format.delimiter: invalid value ';'; must be unset: it is for csv
            {"type": "csv"}         | {"type": "csv", "header": false} | columns
            {"type": "csv"}         | {"type": "csv", "header": false, "columns": ["id", "customer"]} | orders.columns[2].from: invalid value 'amount'; must be a column of the format: customer, id
            "from": "orders",       | "from": "orders", "incremental": {"key": ["number"]}, | $.dataset.incremental.key: invalid value 'number'; must be a column
            "type": "csv"           | "type": "xlsx"             | "xlsx"
            {"name": "orders",      | {"name": "Orders",         | "Orders"
            "amount > 1000"         | "explode(array(id)) > 1"   | function explode is not allowed; docs/recipe.md lists the allowed functions
            {"name": "country", "type": "string"} | {"name": "country", "type": "string", "from": "id.iso"} | customers.columns[0].from: invalid value 'id'; must be the whole or a part such as id.iso, not both
            {"dedupe": {"by": ["id"]}} | {"pivot": {"by": ["customer", "x"], "column": "y", "columns": {"customer": 1}, "measure": {"type": "long", "expression": "sum(z)"}}} | pivot.by: invalid value 'x'
            {"dedupe": {"by": ["id"]}} | {"pivot": {"by": ["customer"], "column": "y", "columns": {"customer": 1}, "measure": {"type": "long", "expression": "sum(z)"}}} | pivot.column: invalid value 'y'
            {"dedupe": {"by": ["id"]}} | {"pivot": {"by": ["customer"], "column": "amount", "columns": {"a": 1, "b": 1.0}, "measure": {"type": "long", "expression": "sum(id)"}}} | pivot.columns.b: invalid value '1
            {"dedupe": {"by": ["id"]}} | {"pivot": {"by": ["customer"], "column": "id", "columns": {"a": 1.5}, "measure": {"type": "long", "expression": "sum(id)"}}} | pivot.columns.a: invalid value '1.5'; must be a value of type long, as that of id
            "type": "decimal(10,2)" | "type": "decimal(10,2)", "allowed": ["1e1"] | columns[2].allowed: invalid value '1e1'; must be a value of type decimal(10,2)
            "type": "decimal(10,2)" | "type": "decimal(10,2)", "default": 0.001 | columns[2].default: invalid value '0.001'; must be a value of type decimal(10,2)
            "type": "long"          | "type": "date", "format": "dd.MM.yyyy", "allowed": ["30.02.2024"] | columns[0].allowed: invalid value '30.02.2024'; must be a value of type date, written as dd.MM.yyyy
            "type": "long"          | "type": "date", "format": "dd.MM.yyyy", "default": "2024-02-29" | columns[0].default: invalid value '2024-02-29'; must be a value of type date, written as dd.MM.yyyy
            "type": "long"          | "type": "date", "format": "dd.mm.yyyy" | columns[0].format: invalid value 'dd.mm.yyyy'; must be minutes (mm) with hours
            {"dedupe": {"by": ["id"]}} | {"pivot": {"by": ["customer"], "column": "id", "columns": {"customer": 1}, "measure": {"type": "long", "expression": "sum(z)"}}} | pivot.measure.expression: invalid value 'z'
            {"dedupe": {"by": ["id"]}} | {"pivot": {"by": ["customer"], "column": "id", "columns": {"customer": 1}, "measure": {"type": "long", "expression": "sum(id)"}}} | pivot.columns: invalid value 'customer'; must be a name that no other
            """)
    void aProblemIsReportedWithItsPathAndTheRule(String sound, String wrong, String expected) {
        var text = SOUND.replace("{\n  \"name\"", "{\"name\"");
        assertTrue(text.contains(sound), sound);
        assertProblem(text.replace(sound, wrong), expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"freshness": {"column": "id", "maxAgeHours": 1}}         | freshness.column: invalid value 'id'; must be a column of type date or timestamp
            {"sum": {"column": "land", "min": 1}}                     | sum.column: invalid value 'land'; must be a column of numbers, not of string
            {"mean": {"column": "number", "min": 1}}                  | mean.column: invalid value 'number'; must be a column
            {"mean": {"column": "amount", "min": 2, "max": 1}}        | mean: invalid value '2 to 1'; must be a minimum
            {"rowCount": {"min": 2, "max": 1}}                        | rowCount: invalid value '2 to 1'; must be a minimum
            {"completeness": {"column": "number"}}                    | completeness.column: invalid value 'number'; must be a column
            {"uniqueness": {"columns": ["id", "number"]}}             | uniqueness.columns: invalid value 'number'; must be a column
            {"reference": {"source": "x", "on": {"id": "id"}}}        | reference.source: invalid value 'x'; must be a source
            {"reference": {"source": "customers", "on": {"id": "x"}}} | reference.on: invalid value 'x'; must be a column
            {"reference": {"source": "customers", "on": {"id": "country"}}} | reference.on.id: invalid value 'country'; must be a column of a type that compares exactly with long
            {"rowCount": {"min": 1}, "severity": "reject row"}        | $.quality[0]
            {"severity": "warn"}                                      | $.quality[0]
            """)
    void anInvalidQualityRuleIsRejected(String rule, String expected) {
        assertProblem(SOUND.stripTrailing().replaceFirst("}$", ", \"quality\": [%s]}".formatted(rule)), expected);
    }

    @ParameterizedTest
    @CsvSource({"long, double", "'decimal(10,2)', double", "'decimal(38,0)', 'decimal(38,18)'", "string, integer"})
    void aJoinOfColumnsThatSparkCastsIsRejected(String ours, String theirs) {
        assertProblem(
                SOUND.replace("\"customer\", \"type\": \"integer\"", "\"customer\", \"type\": \"%s\"".formatted(ours))
                        .replace("\"id\", \"type\": \"integer\"", "\"id\", \"type\": \"%s\"".formatted(theirs)),
                "join.on.customer: invalid value 'id'; must be a column of a type that compares exactly with " + ours);
    }

    @ParameterizedTest
    @CsvSource({"long, 'decimal(38,18)'", "integer, double", "'decimal(4,2)', long", "double, double"})
    void aJoinOfComparableColumnsIsValid(String ours, String theirs) throws Exception {
        read(SOUND.replace("\"customer\", \"type\": \"integer\"", "\"customer\", \"type\": \"%s\"".formatted(ours))
                .replace("\"id\", \"type\": \"integer\"", "\"id\", \"type\": \"%s\"".formatted(theirs)));
    }

    @Test
    void columnsInOtherCasesAndLambdasAreValid() throws Exception {
        read(SOUND.replace("amount > 1000", "exists(array(AMOUNT), x -> x > 1000)"));
    }

    @Test
    void anAggregateOfAnIncrementalSourceIsRejected() {
        var steps =
                "\"steps\": [{\"aggregate\": {\"by\": [\"id\"], \"measures\": [{\"name\": \"n\", \"type\": \"long\", \"expression\": \"count(*)\"}]}}], \"incremental\": {\"key\": [\"id\"]}}}";
        assertProblem(
                SOUND.substring(0, SOUND.indexOf("\"steps\"")) + steps,
                "$.dataset.incremental: invalid value 'an aggregate or pivot step'; must be none");
    }

    @Test
    void invalidJsonIsReportedWithLineAndColumn() {
        assertProblem(SOUND.replace("\"name\": \"orders\",", "\"name\": \"orders\""), "line 3, column");
        assertProblem(SOUND + "}", "not JSON");
        assertProblem(SOUND.replace("\"dataset\"", "\"sources\""), "Duplicate field 'sources'");
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        var exception = assertProblem(
                SOUND.replace("\"by\": [\"id\"]", "\"by\": [\"number\"]")
                        .replace("\"land\": \"country\"", "\"land\": \"region\""),
                "'number'");
        assertEquals(2, exception.problems().size(), exception.getMessage());
    }

    @Test
    void problemsAreListedWithoutTheNameOfTheFile() throws IOException {
        var file = Files.writeString(folder.resolve("recipe.json"), SOUND);
        assertEquals(List.of(), Recipe.problems(file));
        Files.writeString(file, SOUND.replace("\"by\": [\"id\"]", "\"by\": [\"number\"]"));
        var problems = Recipe.problems(file);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith("$.dataset.steps[0]"), problems.toString());
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
