package dataprep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFormatTest {
    private static final String RECIPE = """
            {
              "name": "orders",
              "sources": {
                "orders": {
                  "format": {"type": "csv"},
                  "columns": [
                    {"name": "id", "type": "long"},
                    {"name": "placed", "type": "timestamp"},
                    {"name": "day", "type": "date"},
                    {"name": "country", "type": "string"},
                    {"name": "weight", "type": "double"},
                    {"name": "paid", "type": "boolean"},
                    {"name": "total", "type": "decimal(10,2)"}
                  ]
                }
              },
              "dataset": {"from": "orders"},
              "output": {"table": %s}
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void anIcebergTableHasPartitionsAndAnOrder() throws Exception {
        var table = """
                {"format": "iceberg", "sortBy": ["id"],
                 "partitionBy": ["month(placed)", "bucket(16, id)", "truncate(2,country)", "day", "paid"]}""";
        assertEquals(List.of(), problems(table));
        var read = Recipe.read(file(table)).table();
        assertTrue(read.isIceberg());
        assertEquals(List.of("id"), read.sortBy());
        assertEquals(5, read.partitionBy().size());
    }

    @Test
    void theDefaultIsParquet() throws Exception {
        assertFalse(Recipe.read(file("{}")).table().isIceberg());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            month(country)      | of a column of type date, timestamp, not string
            hour(day)           | of a column of type timestamp, not date
            bucket(4, weight)   | of a column of type integer, long, decimal, date, timestamp, string, not double
            truncate(4, placed) | of a column of type integer, long, decimal, string, not timestamp
            weight              | of a column of type integer, long, decimal, date, timestamp, string, boolean, not double
            year(plazed)        | a column: country, day, id, paid, placed, total, weight
            """)
    void aTransformOfAnUnknownColumnOrOfAnotherTypeIsRefused(String term, String rule) throws Exception {
        assertEquals(
                List.of("$.output.table.partitionBy[0]: invalid value '%s'; must be %s"
                        .formatted(term.equals("year(plazed)") ? "plazed" : term, rule)),
                problems("{\"format\": \"iceberg\", \"partitionBy\": [\"%s\"]}".formatted(term)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"week(day)", "bucket(id)", "bucket(0, id)", "month(2, day)", "upper(day", "Day"})
    void aTermThatIsNoTransformIsRefused(String term) throws Exception {
        var problems = problems("{\"format\": \"iceberg\", \"partitionBy\": [\"%s\"]}".formatted(term));
        assertTrue(problems.get(0).startsWith("$.output.table.partitionBy[0]: "), problems.toString());
    }

    @Test
    void aColumnHasOnePartition() throws Exception {
        assertEquals(
                List.of("$.output.table.partitionBy[1]: invalid value 'day(day)'; must be a column without another"
                        + " partition"),
                problems("{\"format\": \"iceberg\", \"partitionBy\": [\"year(day)\", \"day(day)\"]}"));
    }

    @Test
    void onlyIcebergTablesAreSorted() throws Exception {
        assertEquals(
                List.of("$.output.table.sortBy: invalid value '[id]'; must be unset: only tables of the format iceberg"
                        + " have it"),
                problems("{\"sortBy\": [\"id\"]}"));
    }

    @Test
    void parquetIsPartitionedByColumns() throws Exception {
        var table = "{\"partitionBy\": [\"country\", \"day\", \"id\"]}";
        assertEquals(List.of(), problems(table));
        var read = Recipe.read(file(table)).table();
        assertEquals(List.of("country", "day", "id"), read.partitionColumns());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            month(day) | a column: only tables of the format iceberg have transforms
            placed     | of a column of type string, integer, long, date, not timestamp
            total      | of a column of type string, integer, long, date, not decimal(10,2)
            paid       | of a column of type string, integer, long, date, not boolean
            """)
    void athenaProjectsNeitherTransformsNorOtherTypes(String term, String rule) throws Exception {
        assertEquals(
                List.of("$.output.table.partitionBy[0]: invalid value '%s'; must be %s".formatted(term, rule)),
                problems("{\"partitionBy\": [\"%s\"]}".formatted(term)));
    }

    @Test
    void aParquetFileHasAColumnThatIsNoPartition() throws Exception {
        var steps =
                RECIPE.replace("{\"from\": \"orders\"}", "{\"from\": \"orders\", \"steps\": [{\"select\": [\"id\"]}]}");
        var recipe = Files.writeString(folder.resolve("one.json"), steps.formatted("{\"partitionBy\": [\"id\"]}"));
        assertEquals(
                List.of(
                        "$.output.table.partitionBy: invalid value '[id]'; must be fewer columns than the data set has"),
                Recipe.problems(recipe));
    }

    @Test
    void theOrderIsOfColumnsOfTheDataSet() throws Exception {
        var problem =
                problems("{\"format\": \"iceberg\", \"sortBy\": [\"nothing\"]}").get(0);
        assertTrue(problem.startsWith("$.output.table.sortBy: invalid value 'nothing'; must be a column: "), problem);
    }

    private List<String> problems(String table) throws IOException {
        return Recipe.problems(file(table));
    }

    private Path file(String table) throws IOException {
        return Files.writeString(folder.resolve("recipe.json"), RECIPE.formatted(table));
    }
}
