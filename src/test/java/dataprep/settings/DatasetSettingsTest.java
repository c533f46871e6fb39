package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetSettingsTest {
    private static final String CUSTOMERS = "\"uri\": \"s3://{dataBucket}/samples/customers.csv\"";

    @Test
    void eachDataSetIsAfterThoseThatItReads() {
        var names = shop(Shop.DATASETS).datasets().stream()
                .map(DatasetSettings::name)
                .toList();
        assertEquals(List.of("customers", "products", "orders", "sales", "customer_value"), names);
        assertEquals(
                Set.of("customers", "sales"),
                named("customer_value", Shop.DATASETS).upstream());
    }

    @Test
    void theLongFormHasAPrefixAndNamesForEachDataSet() {
        var sales = named("sales", Shop.DATASETS);
        assertEquals("data-preparation-dev-sales", sales.place().pipeline());
        assertEquals("sales-stepFunctionRole", sales.resource("stepFunctionRole"));
        assertEquals(
                "datasets/sales/transformed-data/latest.json", sales.paths().manifest());
    }

    @Test
    void theShortFormHasTheNamesOfTheStack() {
        var only = StackFiles.onlyDataset(StackFiles.settings("dev"));
        assertEquals("data-preparation-dev", only.place().pipeline());
        assertEquals("stepFunctionRole", only.resource("stepFunctionRole"));
        assertEquals("transformed-data/latest.json", only.paths().manifest());
    }

    @Test
    void aDataSetHasTheStacksSettingsUnlessItHasItsOwn() {
        var changes =
                Shop.changes(Shop.with("sales", "\"keptRuns\": 2, \"workers\": 8, \"schedule\": \"rate(2 hours)\""));
        changes.putAll(Map.of("keptRuns", "9", "rejectedRowsAlarmPercent", "7"));
        var settings = StackFiles.settings("dev", changes);
        var sales = named("sales", settings);
        var orders = named("orders", settings);
        assertEquals(List.of(2, 9), List.of(sales.keptRuns(), orders.keptRuns()));
        assertEquals(List.of(7, 7), List.of(sales.quarantinedRowsPercent(), orders.quarantinedRowsPercent()));
        assertEquals(Optional.of(new JobWorkers("G.1X", 8)), sales.workers());
        assertEquals(Optional.empty(), orders.workers());
        assertTrue(sales.start().timetable().isPresent());
        assertTrue(orders.start().timetable().isEmpty());
    }

    @Test
    void aDataSetIsAsFreshAsTheLeastFreshOfThoseThatItReadsPlusOneRun() {
        var changes = Shop.changes(Shop.with("orders", "\"freshnessHours\": 5")
                .replace("products.json\",", "products.json\", \"freshnessHours\": 30,")
                .replace("customers.json\",", "customers.json\", \"freshnessHours\": 3,"));
        var settings = StackFiles.settings("dev", changes);
        assertEquals(Optional.of(Duration.ofHours(32)), named("sales", settings).freshness());
        assertEquals(
                Optional.of(Duration.ofHours(34)),
                named("customer_value", settings).freshness());
        assertEquals(Optional.empty(), named("sales", Shop.DATASETS).freshness());
    }

    @Test
    void newObjectsStartTheDataSetsThatReadObjects() {
        var changes = Shop.changes(Shop.DATASETS.replace("{dataBucket}/samples", "landing"));
        changes.put("startOnNewObjects", "true");
        var settings = StackFiles.settings("dev", changes);
        assertTrue(named("orders", settings).start().onNewObjects());
        assertTrue(!named("sales", settings).start().onNewObjects());
        changes.put("datasets", Shop.with("sales", "\"startOnNewObjects\": true"));
        assertProblem(
                changes, "datasets[3].startOnNewObjects: invalid value 'true'; must be false if no source is in S3");
    }

    @Test
    void onlyADataSetThatIsReadOrScheduledStartsByItself() {
        assertTrue(named("sales", Shop.DATASETS).startsByItself());
        assertTrue(!named("orders", Shop.DATASETS).startsByItself());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "uri": "dataset://orders"  | "uri": "dataset://order"          | datasets[3].sources[0].uri: invalid value 'dataset://order'; must be a data set of this stack: customers,
            "uri": "dataset://orders"  | "uri": "dataset://Orders"         | datasets[3].sources[0].uri: invalid value 'dataset://Orders'; must be s3://bucket/key
            "uri": "dataset://orders"  | "uri": "dataset://customer_value" | invalid value 'customer_value -> sales -> customer_value'; must be data sets that do not read each other in a circle
            "uri": "dataset://orders"  | "uri": "dataset://sales"          | invalid value 'sales -> sales'
            "uri": "dataset://orders"  | "uri": "dataset://customers"      | $.sources.orders.columns[0].from: invalid value 'order_id'; must be a column of the data set customers: city, country,
            recipes/orders.json        | recipes/customers.json            | datasets[4].recipe: invalid value 'customers'; must be a recipe whose name no other data set has
            recipes/orders.json        | recipes/none.json                 | datasets[4].recipe: invalid value 'examples/shop/recipes/none.json'; must be the path of a recipe file
            "recipe": "examples/shop/recipes/orders.json", | ''            | datasets[4]: invalid value
            {"recipe": "examples/shop/recipes/orders.json"| {"recepe": "", "recipe": "examples/shop/recipes/orders.json" | datasets[4].recepe: unknown key; must be one of recipe, sources, schedule
            {"recipe": "examples/shop/recipes/orders.json"| {"keptRuns": 0, "recipe": "examples/shop/recipes/orders.json" | datasets[4].keptRuns: invalid value '0'; must be a whole number from 1 to 100
            {"recipe": "examples/shop/recipes/orders.json"| {"schedule": "daily", "recipe": "examples/shop/recipes/orders.json" | datasets[4].schedule: invalid value 'daily'
            samples/orders.csv         | samples/order.csv                 | data set orders: sources[0].uri: invalid value
            """)
    void anInvalidDataSetIsReportedWithItsPlace(String text, String replacement, String expected) {
        assertProblem(Shop.changes(Shop.replaced(text.strip(), replacement.strip())), expected);
    }

    @Test
    void allProblemsOfAllDataSetsAreReportedTogether() {
        var datasets = Shop.with("sales", "\"keptRuns\": 0").replace("dataset://sales", "dataset://sale");
        var changes = Shop.changes(datasets);
        changes.put("sources", "[{\"name\": \"a\", \"uri\": \"s3://bucket/key\"}]");
        var message = assertProblem(changes, "datasets[3].keptRuns: invalid value '0'");
        assertTrue(message.contains("datasets[2].sources[0].uri: invalid value 'dataset://sale'"), message);
        assertTrue(message.contains("data-preparation:sources: invalid value"), message);
    }

    @Test
    void aProblemOfTheStacksOwnSettingIsReportedOnce() {
        var changes = Shop.changes();
        changes.put("keptRuns", "0");
        var message = assertProblem(changes, "data-preparation:keptRuns: invalid value '0'");
        assertEquals(message.indexOf("keptRuns"), message.lastIndexOf("keptRuns"), message);
    }

    @Test
    void aDataSetOfTheStackIsNoSourceOfItsOnlyOne() {
        assertProblem(
                Map.of("sources", "[{\"name\": \"flights\", \"uri\": \"dataset://flights\"}]"),
                "sources[0].uri: invalid value 'dataset://flights'; must be s3://bucket/key");
    }

    @Test
    void aColumnIsReadAsItsTypeAsATextOrAsANumberIfItIsOne(@TempDir Path folder) throws Exception {
        var sales = Files.readString(Path.of("examples/shop/recipes/sales.json"));
        var placed = "\"placed\", \"type\": \"timestamp\"";
        var id = "\"order_id\", \"type\": \"long\"";
        var message = assertProblem(
                salesOf(folder, sales.replace(placed, "\"placed\", \"type\": \"date\"")),
                "$.sources.orders.columns[1].type: invalid value 'date'; must be a type as which placed of the data set"
                        + " orders can be read: timestamp or string");
        assertTrue(message.contains("recipe " + folder), message);
        StackFiles.settings("dev", salesOf(folder, sales.replace(id, "\"order_id\", \"type\": \"decimal(20,0)\"")));
        assertProblem(
                salesOf(folder, sales.replaceFirst("\"parquet\"", "\"jsonLines\"")),
                "$.sources.orders.format.type: invalid value 'jsonLines'; must be parquet, the format of the data set"
                        + " orders");
    }

    @Test
    void namesThatAwsWouldRefuseAreReported(@TempDir Path folder) throws Exception {
        var longest = "n".repeat(33);
        var recipe = Files.readString(Path.of("examples/shop/recipes/customers.json"))
                .replace("\"name\": \"customers\"", "\"name\": \"%s\"".formatted(longest));
        var file = Files.writeString(folder.resolve("recipe.json"), recipe);
        var dataset = "[{\"recipe\": \"%s\", \"sources\": [{\"name\": \"customers\", %s}]}]".formatted(file, CUSTOMERS);
        assertProblem(Shop.changes(dataset), "must be a recipe whose name has at most 32 characters");
    }

    @Test
    void aDataSetDoesNotHaveTheNameOfAnothersTable(@TempDir Path folder) throws Exception {
        var recipe = Files.readString(Path.of("examples/shop/recipes/customers.json"))
                .replace("\"name\": \"customers\"", "\"name\": \"orders_quarantine\"");
        var file = Files.writeString(folder.resolve("recipe.json"), recipe);
        assertProblem(
                Shop.changes(Shop.DATASETS.replaceFirst(
                        "\\[",
                        "[{\"recipe\": \"%s\", \"sources\": [{\"name\": \"customers\", \"uri\": \"s3://b-1/k\"}]},"
                                .formatted(file))),
                "datasets[0].recipe: invalid value 'orders_quarantine'; must be a recipe whose name is not that of"
                        + " another data set's table");
    }

    @Test
    void moreThanFortyDataSetsAreRefused() {
        var many = IntStream.rangeClosed(0, 40)
                .mapToObj(number -> "{\"recipe\": \"none\", \"sources\": []}")
                .toList();
        assertProblem(Shop.changes("[%s]".formatted(String.join(",", many))), "must be at most 40 data sets");
    }

    private static Map<String, String> salesOf(Path folder, String recipe) throws Exception {
        var file = Files.writeString(folder.resolve("sales.json"), recipe);
        return Shop.changes(Shop.replaced("examples/shop/recipes/sales.json", file.toString()));
    }

    private static PipelineSettings shop(String datasets) {
        return StackFiles.settings("dev", Shop.changes(datasets));
    }

    private static DatasetSettings named(String name, String datasets) {
        return named(name, shop(datasets));
    }

    private static DatasetSettings named(String name, PipelineSettings settings) {
        return settings.datasets().stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String assertProblem(Map<String, String> changes, String expected) {
        var message = assertThrows(RunException.class, () -> StackFiles.settings("dev", changes))
                .getMessage();
        assertTrue(message.contains(expected), message);
        return message;
    }
}
