package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.recipe.ColumnLineage.Field;
import dataprep.recipe.ColumnLineage.Transformation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnLineageTest {
    private static final String SOURCES = """
            {
              "name": "orders",
              "sources": {
                "orders": {
                  "format": {"type": "csv"},
                  "columns": [
                    {"name": "id", "from": "Order No", "type": "long"},
                    {"name": "customer", "type": "integer"},
                    {"name": "status", "type": "string", "case": "upper"},
                    {"name": "amount", "type": "decimal(10,2)"}
                  ]
                },
                "customers": {
                  "format": {"type": "jsonLines"},
                  "columns": [{"name": "id", "type": "integer"}, {"name": "country", "from": "address.country", "type": "string"}]
                }
              },
              "dataset": {"from": "orders", "steps": %s}
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void withoutStepsEachColumnIsItsOwnOrigin() throws Exception {
        var lineage = lineage("[]");
        assertEquals(
                List.of("id", "customer", "status", "amount"),
                List.copyOf(lineage.columns().keySet()));
        assertEquals("orders.Order No IDENTITY", text(lineage.columns().get("id")));
        assertEquals("orders.status TRANSFORMATION", text(lineage.columns().get("status")), "its case is changed");
        assertEquals("", text(lineage.dataset()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"filter": "amount > 0 and status = 'paid'"} | orders.amount FILTER, orders.status FILTER
            {"dedupe": {"by": ["id"]}} | orders.Order No GROUP_BY
            {"dedupe": {"by": ["id"], "orderBy": ["amount"]}} | orders.Order No GROUP_BY, orders.amount SORT
            {"join": {"source": "customers", "on": {"customer": "id"}, "columns": {"country": "country"}}} | customers.id JOIN, orders.customer JOIN
            {"join": {"source": "customers", "type": "anti", "on": {"customer": "id"}}} | customers.id JOIN, orders.customer JOIN
            {"aggregate": {"by": ["customer"], "measures": [{"name": "n", "type": "long", "expression": "count(*)"}]}} | orders.customer GROUP_BY
            """)
    void aStepThatDecidesOnRowsConcernsAllColumns(String step, String expected) throws Exception {
        assertEquals(expected, text(lineage("[" + step + "]").dataset()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            amount * 2 + id | orders.Order No TRANSFORMATION, orders.amount TRANSFORMATION
            amount | orders.amount IDENTITY
            `Amount` | orders.amount IDENTITY
            status | orders.status TRANSFORMATION
            '''amount''' | ''
            transform(array(amount), id -> id + 1) | orders.amount TRANSFORMATION
            """)
    void aDerivedColumnComesFromWhatItsExpressionRefersTo(String expression, String expected) throws Exception {
        var derive = "[{\"derive\": [{\"name\": \"more\", \"type\": \"string\", \"expression\": \"%s\"}]}]";
        assertEquals(
                expected, text(lineage(derive.formatted(expression)).columns().get("more")));
    }

    @Test
    void effectsAddUpOverTheSteps() throws Exception {
        var lineage = lineage("""
                [
                  {"derive": [{"name": "net", "type": "double", "expression": "amount / 1.2"}]},
                  {"filter": "net > 1"},
                  {"join": {"source": "customers", "on": {"customer": "id"}, "columns": {"land": "country"}}},
                  {"aggregate": {
                    "by": ["land"],
                    "measures": [{"name": "total", "type": "double", "expression": "sum(net)"}]
                  }},
                  {"derive": [{"name": "rounded", "type": "double", "expression": "round(total, 1)"}]},
                  {"select": ["rounded", "land"]}
                ]""");
        assertEquals(List.of("rounded", "land"), List.copyOf(lineage.columns().keySet()));
        assertEquals("orders.amount AGGREGATION", text(lineage.columns().get("rounded")), "the strongest effect");
        assertEquals(
                "customers.address.country IDENTITY", text(lineage.columns().get("land")));
        assertEquals(
                "customers.address.country GROUP_BY, customers.id JOIN, orders.amount FILTER, orders.customer JOIN",
                text(lineage.dataset()));
    }

    @Test
    void aPivotedColumnAlsoDependsOnTheColumnWhoseValuesAreItsNames() throws Exception {
        var lineage = lineage("""
                [{"pivot": {
                  "by": ["customer"],
                  "column": "status",
                  "columns": {"paid": "PAID", "open": "OPEN"},
                  "measure": {"type": "double", "expression": "sum(amount)"}
                }}]""");
        assertEquals(
                List.of("customer", "paid", "open"),
                List.copyOf(lineage.columns().keySet()));
        assertEquals(
                "orders.amount AGGREGATION, orders.status CONDITIONAL",
                text(lineage.columns().get("open")));
        assertEquals("orders.customer GROUP_BY", text(lineage.dataset()));
    }

    @Test
    void everyColumnOfTheExamplesHasALineageFromExistingColumns() throws Exception {
        for (var file : List.of(
                "glue-scripts/recipes/flights.json",
                "examples/orders/recipe.json",
                "examples/delays/recipe.json",
                "examples/shop/recipes/sales.json",
                "examples/shop/recipes/customer_value.json")) {
            var recipe = Recipe.read(Path.of(file));
            var lineage = recipe.lineage();
            assertEquals(
                    recipe.columns().stream().map(Column::name).toList(),
                    List.copyOf(lineage.columns().keySet()),
                    file);
            lineage.columns().values().stream()
                    .flatMap(fields -> fields.keySet().stream())
                    .map(Field::source)
                    .forEach(source -> assertTrue(recipe.sourceNames().contains(source), file + " " + source));
        }
    }

    private ColumnLineage lineage(String steps) throws Exception {
        var file = Files.writeString(folder.resolve("recipe.json"), SOURCES.formatted(steps));
        return Recipe.read(file).lineage();
    }

    private static String text(SortedMap<Field, SortedSet<Transformation>> fields) {
        return fields.entrySet().stream()
                .map(entry -> "%s.%s %s"
                        .formatted(entry.getKey().source(), entry.getKey().name(), effects(entry)))
                .collect(Collectors.joining(", "));
    }

    private static String effects(Map.Entry<Field, SortedSet<Transformation>> entry) {
        return entry.getValue().stream().map(Enum::name).collect(Collectors.joining("+"));
    }
}
