package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.RecordedStack;
import dataprep.settings.DatasetSettings;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AwsTarget TARGET = new AwsTarget("aws", "eu-central-1", RecordedStack.ACCOUNT);
    private static final String FUNCTION = "aws:lambda/function:Function";

    /** Two data sets: one of two external sources, one that reads the other. */
    private static final String DATASETS = """
            [
              {"recipe": "examples/shop/recipes/orders.json",
               "sources": [{"name": "orders", "uri": "https://shop.example:8443/api/orders?key=secret"}]},
              {"recipe": "examples/shop/recipes/customers.json",
               "sources": [{"name": "customers", "uri": "s3://landing/customers/"}]},
              {"recipe": "examples/shop/recipes/products.json",
               "sources": [{"name": "products", "uri": "s3://{dataBucket}/uploads/products.csv"}]},
              {"recipe": "examples/shop/recipes/sales.json",
               "sources": [{"name": "orders", "uri": "dataset://orders"},
                           {"name": "customers", "uri": "dataset://customers"},
                           {"name": "products", "uri": "dataset://products"}]}
            ]""";

    @Test
    void everyStartAndEndOfEveryDataSetsRunsInvokesTheFunction() {
        var stack = RecordedStack.deploy(StackFiles.settings("dev"));
        var pattern =
                stack.named("aws:cloudwatch/eventRule:EventRule", "lineage").json("eventPattern");
        assertEquals(
                "[\"arn:aws:states:eu-central-1:123456789012:stateMachine:dataPreparationStateMachine\"]",
                pattern.at("/detail/stateMachineArn").toString());
        assertEquals(5, pattern.at("/detail/status").size());
        var permission =
                stack.named("aws:lambda/permission:Permission", "lineage").inputs();
        assertEquals("events.amazonaws.com", permission.get("principal"));
        assertEquals("arn:aws:cloudwatch:eu-central-1:123456789012:lineage", permission.get("sourceArn"));
        var target =
                stack.named("aws:cloudwatch/eventTarget:EventTarget", "lineage").inputs();
        assertEquals("arn:aws:lambda:eu-central-1:123456789012:lineage", target.get("arn"));
        assertTrue(target.get("deadLetterConfig").toString().contains("lineageDeadLetters"), target.toString());
    }

    @Test
    void theLongestArnsOfARuleFitInAnEventPattern() {
        var longest = "arn:aws-us-gov:states:us-gov-west-1:123456789012:stateMachine:" + "x".repeat(80);
        var pattern = Lineage.startsAndEnds(Collections.nCopies(12, longest));
        assertTrue(pattern.length() <= 2_048, () -> pattern.length() + " characters");
    }

    @Test
    void manyStateMachinesHaveSeveralRules(@TempDir Path folder) throws Exception {
        var recipe = Files.readString(Path.of("examples", "shop", "recipes", "customers.json"));
        var datasets = new ArrayList<String>();
        for (int i = 0; i < 14; i++) {
            var file = folder.resolve(i + ".json");
            Files.writeString(
                    file, recipe.replaceFirst("\"name\": \"customers\"", "\"name\": \"customers_%d\"".formatted(i)));
            datasets.add(
                    "{\"recipe\": \"%s\", \"sources\": [{\"name\": \"customers\", \"uri\": \"s3://landing/%d.csv\"}]}"
                            .formatted(file, i));
        }
        var stack = RecordedStack.deploy(
                StackFiles.settings("dev", Map.of("datasets", datasets.toString(), "sources", "[]", "sampleData", "")));
        var machines = stack.ofType("aws:cloudwatch/eventRule:EventRule").stream()
                .filter(rule -> rule.name().startsWith("lineage"))
                .collect(Collectors.toMap(
                        RecordedStack.Registered::name,
                        rule -> rule.json("eventPattern")
                                .at("/detail/stateMachineArn")
                                .size()));
        assertEquals(Map.of("lineage", 12, "lineage2", 2), machines);
        assertEquals(2, stack.ofType("aws:lambda/permission:Permission").size());
        var queue = stack.named("aws:sqs/queuePolicy:QueuePolicy", "lineageDeadLettersPolicy");
        assertEquals(
                2,
                queue.statements()
                        .get(1)
                        .at("/Condition/ArnEquals/aws:SourceArn")
                        .size());
    }

    @Test
    void theEndpointIsOnlyInTheFunctionsEnvironment() {
        var address = "https://marquez.example/api/v1/lineage?key=secret";
        var stack = RecordedStack.deploy(StackFiles.settings("dev", Map.of("lineageEndpoint", address)));
        for (var resource : stack.resources()) {
            var isFunction = resource.type().equals(FUNCTION) && resource.name().equals("lineage");
            assertEquals(isFunction, resource.inputs().toString().contains("key=secret"), resource.name());
        }
        var none = RecordedStack.deploy(StackFiles.settings("dev")).named(FUNCTION, "lineage");
        assertFalse(none.inputs().get("environment").toString().contains("LINEAGE_ENDPOINT"));
    }

    @Test
    void eachStateMachineHasItsFacts() {
        var stack = RecordedStack.deploy(several());
        var keys = stack.ofType("aws:s3/bucketObjectv2:BucketObjectv2").stream()
                .map(object -> object.inputs().get("key").toString())
                .filter(key -> key.startsWith("scripts/lineage/"))
                .collect(Collectors.toSet());
        assertEquals(
                several().datasets().stream()
                        .map(dataset -> "scripts/lineage/%s.json"
                                .formatted(dataset.place().pipeline()))
                        .collect(Collectors.toSet()),
                keys);
    }

    @Test
    void aSourceIsNamedByBucketAndKeyOrByHostAndPath() throws Exception {
        assertEquals(List.of("https://shop.example:8443 api/orders"), inputs("orders"));
        assertEquals(List.of("s3://landing customers"), inputs("customers"));
        assertEquals(List.of("s3://data uploads/products.csv"), inputs("products"));
        for (var dataset : several().datasets()) {
            assertFalse(facts(dataset.name()).toString().contains("secret"), dataset.name());
        }
    }

    @Test
    void aDataSetHasOneNameAsOutputAndAsInput() throws Exception {
        assertEquals(
                "s3://data datasets/orders/transformed-data/dataset",
                name(facts("orders").path("output")));
        assertEquals(
                Set.of(
                        "s3://data datasets/orders/transformed-data/dataset",
                        "s3://data datasets/customers/transformed-data/dataset",
                        "s3://data datasets/products/transformed-data/dataset"),
                Set.copyOf(inputs("sales")));
        assertEquals(
                "arn:aws:glue:eu-central-1:123456789012 table/catalog/sales",
                name(facts("sales").path("table")));
    }

    @Test
    void aColumnsOriginsAreColumnsOfNamedInputs() throws Exception {
        var lineage = facts("sales").path("column_lineage");
        var amount = lineage.at("/fields/amount/inputFields");
        assertEquals(
                List.of("orders/transformed-data/dataset", "products/transformed-data/dataset"),
                amount.valueStream()
                        .map(field -> field.path("name").asText().replace("datasets/", ""))
                        .sorted()
                        .toList());
        assertEquals(
                "{\"type\":\"DIRECT\",\"subtype\":\"TRANSFORMATION\"}",
                amount.at("/0/transformations/0").toString());
        assertEquals(Set.of("JOIN"), Set.copyOf(lineage.path("dataset").findValuesAsText("subtype")));
    }

    private static PipelineSettings several() {
        return StackFiles.settings("dev", Map.of("datasets", DATASETS, "sources", "[]", "sampleData", ""));
    }

    private static JsonNode facts(String name) throws Exception {
        var storage = new LineageFacts.Storage(TARGET, "data", "catalog");
        return JSON.readTree(LineageFacts.of("stack", dataset(name), storage).toJson());
    }

    private static DatasetSettings dataset(String name) {
        return several().datasets().stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> inputs(String dataset) throws Exception {
        return facts(dataset)
                .path("inputs")
                .valueStream()
                .map(LineageTest::name)
                .toList();
    }

    private static String name(JsonNode named) {
        return named.path("namespace").asText() + " " + named.path("name").asText();
    }
}
