package dataprep.cli.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.pricing.Prices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackCostTest {
    private static final Prices PRICES = Prices.current();
    private static final Sizes SIZES = Sizes.assumed();

    @Test
    void aSuccessfulRunEntersEachStateOnItsLongestPathOnce() {
        var definition = """
                {"StartAt": "A", "States": {
                  "A": {"Type": "Map", "Items": [1, 2, 3], "Next": "B",
                        "ItemProcessor": {"StartAt": "A1", "States": {"A1": {"Type": "Task", "End": true}}}},
                  "B": {"Type": "Choice", "Choices": [{"Next": "D"}, {"Next": "C"}, {"Next": "A"}], "Default": "X"},
                  "C": {"Type": "Parallel", "Next": "D", "Branches": [
                        {"StartAt": "C1", "States": {"C1": {"Type": "Pass", "Next": "C2"}, "C2": {"Type": "Pass", "End": true}}},
                        {"StartAt": "C3", "States": {"C3": {"Type": "Pass", "End": true}}}]},
                  "D": {"Type": "Succeed"},
                  "X": {"Type": "Fail"}}}""";
        var run = SuccessfulRun.of(definition);
        assertEquals(1 + 3 + 1 + 1 + 2 + 1 + 1, run.stateTransitions());
        assertEquals(3, run.sources().size());
    }

    @Test
    void theShippedWorkflowIsCountedAsItsRunsAre() throws IOException {
        var definition = Files.readString(Path.of("src", "test", "resources", "workflow.asl.json"));
        assertTrue(SuccessfulRun.of(definition).stateTransitions() >= 15);
    }

    @Test
    void everyPartOfAMonthIsThere() throws IOException {
        var cost = stackWith(
                "aws:kms/key:Key", "aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/metricAlarm:MetricAlarm");
        assertEquals(Map.of("aws:kms/key:Key", 1, "aws:cloudwatch/metricAlarm:MetricAlarm", 2), cost.fixed());
        assertEquals(7, cost.rawDays());
        var estimates = cost.estimates(SIZES, PRICES);
        assertEquals(Set.of("small", "medium", "large"), estimates.keySet());
        var small = estimates.get("small");
        assertEquals(
                List.of("runs", "S3", "CloudWatch Logs", "MetricAlarm", "Key"),
                small.month().lines().stream().map(Cost.Line::service).toList());
        assertEquals(
                30 * small.run().dollars(), small.month().lines().get(0).price().orElseThrow(), 1e-9);
        assertEquals(
                1.20,
                small.month().lines().stream()
                        .skip(3)
                        .mapToDouble(line -> line.price().orElseThrow())
                        .sum(),
                1e-9);
    }

    @Test
    void anAlarmIsBilledByMetric() throws IOException {
        var alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
        var resources = new ArrayList<>(resources("STANDARD"));
        resources.add(resource(alarm, "{\"metricName\": \"Errors\"}"));
        resources.add(resource(
                alarm,
                "{\"metricQueries\": [{\"expression\": \"a + b\"}, {\"id\": \"a\", \"metric\": {}},"
                        + " {\"id\": \"b\", \"metric\": {}}]}"));
        resources.add(resource(
                alarm,
                "{\"metricQueries\": [{\"expression\": \"ANOMALY_DETECTION_BAND(m, 2)\"},"
                        + " {\"id\": \"m\", \"metric\": {}}]}"));
        assertEquals(Map.of(alarm, 1 + 2 + 3), StackCost.of(resources, PRICES).fixed());
    }

    @Test
    void tenTimesTheDataIsTenTimesTheJobOnceItTakesMoreThanAMinute() throws IOException {
        var estimates = stackWith().estimates(SIZES, PRICES);
        assertEquals(1.0, estimates.get("small").jobMinutes());
        assertEquals(
                10,
                estimates.get("large").jobMinutes() / estimates.get("medium").jobMinutes(),
                1e-9);
    }

    @Test
    void eachDataSetHasRunsOfItsOwnWhichCopyOnlyWhatIsNoDataSet() throws IOException {
        var resources = new ArrayList<>(resources("STANDARD"));
        resources.removeIf(resource -> resource.type().startsWith("aws:sfn/"));
        resources.add(machine("p-orders", "s3://b/orders.csv", ""));
        resources.add(machine("p-sales", "dataset://orders", ", \"Arguments\": {\"NumberOfWorkers\": 4}"));
        var estimate = StackCost.of(resources, PRICES).estimates(SIZES, PRICES).get("medium");
        var orders = estimate.runs().get("p-orders");
        var sales = estimate.runs().get("p-sales");
        assertEquals(estimate.run().dollars(), orders.dollars() + sales.dollars(), 1e-9);
        assertTrue(line(orders, "Lambda") > 10 * line(sales, "Lambda"));
        assertEquals(line(orders, "Glue"), line(sales, "Glue"), 1e-9, "half as long on twice as many workers");
        assertTrue(estimate.month().lines().get(0).price().orElseThrow()
                > estimate.run().dollars());
    }

    private static double line(Cost cost, String service) {
        return cost.lines().stream()
                .filter(line -> line.service().equals(service))
                .mapToDouble(line -> line.price().orElseThrow())
                .sum();
    }

    private static StackCost.Resource machine(String name, String uri, String arguments) throws IOException {
        var definition = """
                {"StartAt": "E", "States": {
                  "E": {"Type": "Map", "Items": [{"name": "x", "uri": "%s"}], "Next": "TransformData",
                        "ItemProcessor": {"StartAt": "F", "States": {"F": {"Type": "Task", "End": true}}}},
                  "TransformData": {"Type": "Task", "End": true%s}}}""".formatted(uri, arguments);
        var inputs = new ObjectMapper().createObjectNode().put("name", name).put("definition", definition);
        return new StackCost.Resource("aws:sfn/stateMachine:StateMachine", name, inputs);
    }

    @Test
    void aMonthWithUnknownPricesNamesThem() throws IOException {
        var flex = stack("FLEX").estimates(SIZES, PRICES).get("small");
        assertEquals(List.of("Glue"), flex.run().unpriced());
        assertEquals(List.of("Glue"), flex.month().unpriced());
        assertTrue(
                flex.month().total().endsWith(" and Glue, price not known"),
                flex.month().total());
    }

    @Test
    void aStackWithoutAJobHasNoEstimate() {
        var e = assertThrows(IllegalArgumentException.class, () -> StackCost.of(List.of(), PRICES));
        assertEquals("the stack has no aws:glue/job:Job", e.getMessage());
    }

    @Test
    void everyPriceNamesItsPage() {
        assertEquals(
                Set.of("glue", "lambda", "stepFunctions", "s3", "logs", "monthly"),
                PRICES.sources().keySet());
        PRICES.sources().values().forEach(source -> assertTrue(source.startsWith("https://aws.amazon.com/"), source));
    }

    private static StackCost stackWith(String... more) throws IOException {
        return stack("STANDARD", more);
    }

    private static StackCost stack(String executionClass, String... more) throws IOException {
        var resources = new ArrayList<>(resources(executionClass));
        for (var type : more) {
            resources.add(resource(type, "{}"));
        }
        return StackCost.of(resources, PRICES);
    }

    private static List<StackCost.Resource> resources(String executionClass) throws IOException {
        var resources = new ArrayList<StackCost.Resource>();
        resources.add(resource(
                "aws:glue/job:Job",
                "{\"glueVersion\": \"6.0\", \"workerType\": \"G.1X\", \"numberOfWorkers\": 2, \"executionClass\": \"%s\"}"
                        .formatted(executionClass)));
        resources.add(resource("aws:lambda/function:Function", "lineage", "{\"memorySize\": 256}"));
        resources.add(resource("aws:lambda/function:Function", "dataExtractionLambda", "{\"memorySize\": 512}"));
        resources.add(resource(
                "aws:sfn/stateMachine:StateMachine",
                "{\"definition\": \"{\\\"StartAt\\\": \\\"A\\\", \\\"States\\\": {\\\"A\\\": {}}}\"}"));
        resources.add(resource(
                "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
                "{\"rules\": [{\"filter\": {\"prefix\": \"raw/\"}, \"expiration\": {\"days\": 7}}]}"));
        return resources;
    }

    private static StackCost.Resource resource(String type, String inputs) throws IOException {
        return resource(type, "", inputs);
    }

    private static StackCost.Resource resource(String type, String name, String inputs) throws IOException {
        return new StackCost.Resource(type, name, new ObjectMapper().readTree(inputs));
    }
}
