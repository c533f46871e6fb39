package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.RecordedStack;
import dataprep.settings.Shop;
import dataprep.settings.StackFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedDatasetTest {
    private static final String MACHINE = "aws:sfn/stateMachine:StateMachine";
    private static final String RULE = "aws:cloudwatch/eventRule:EventRule";
    private static final List<String> NAMES = List.of("customers", "products", "orders", "sales", "customer_value");
    private static RecordedStack stack;

    @BeforeAll
    static void deploy() {
        var changes = Shop.changes(Shop.with("sales", "\"alertEmail\": \"sales@example.org\""));
        changes.putAll(StackFiles.EVERYTHING_ON);
        changes.put("deleteDataOnDestroy", "false");
        stack = RecordedStack.deploy(StackFiles.settings("dev", changes));
    }

    @Test
    void eachDataSetHasAStateMachineAndAllShareOneFunctionAndOneJob() {
        var machines = stack.ofType(MACHINE).stream()
                .map(machine -> machine.inputs().get("name").toString())
                .collect(Collectors.toSet());
        assertEquals(NAMES.stream().map(name -> "data-preparation-dev-" + name).collect(Collectors.toSet()), machines);
        assertEquals(
                List.of("dataExtractionLambda", "lineage"),
                stack.ofType("aws:lambda/function:Function").stream()
                        .map(RecordedStack.Registered::name)
                        .sorted()
                        .toList());
        assertEquals(1, stack.ofType("aws:glue/job:Job").size());
        assertEquals(2, stack.ofType("aws:s3/bucketV2:BucketV2").size());
    }

    @Test
    void noTwoResourcesOfATypeHaveOneName() {
        var seen = new HashSet<String>();
        stack.resources()
                .forEach(resource -> assertTrue(seen.add(resource.type() + " " + resource.name()), resource.name()));
    }

    /** Also what it starts and describes: its own executions. */
    @Test
    void aStateMachinesRoleReachesItsOwnObjectsTablesAndExecutionsOnly() {
        for (var name : NAMES) {
            var resources = new TreeSet<String>();
            stack.named("aws:iam/policy:Policy", name + "-stepFunctionRolePolicy")
                    .statements()
                    .forEach(statement -> statement.path("Resource").forEach(arn -> resources.add(arn.asText())));
            var objects = resources.stream()
                    .filter(arn -> arn.startsWith("arn:aws:s3:::") && arn.contains("/"))
                    .toList();
            assertTrue(!objects.isEmpty());
            objects.forEach(arn -> assertTrue(arn.contains("/datasets/%s/".formatted(name)), arn));
            resources.stream()
                    .filter(arn -> arn.contains(":table/"))
                    .forEach(arn -> assertTrue(arn.endsWith("/" + name), arn));
            resources.stream()
                    .filter(arn -> arn.contains(":states:"))
                    .forEach(arn -> assertTrue(arn.matches(".*:data-preparation-dev-%s(:\\*)?".formatted(name)), arn));
        }
    }

    @Test
    void aPublicationOfADataSetThatItReadsStartsARun() throws Exception {
        var pattern = stack.named(RULE, "customer_value-publications").json("eventPattern");
        assertEquals("[\"aws.states\"]", pattern.path("source").toString());
        var upstream = new TreeSet<String>();
        pattern.at("/detail/stateMachineArn").forEach(arn -> upstream.add(arn.asText()));
        assertEquals(
                2,
                upstream.stream()
                        .filter(arn -> arn.contains("sales-") || arn.contains("customers-"))
                        .count(),
                upstream.toString());
        assertEquals("[\"SUCCEEDED\"]", pattern.at("/detail/status").toString());
        assertEquals(
                "[{\"wildcard\":\"*\\\"new run\\\"*\"}]",
                pattern.at("/detail/output").toString());
        assertEquals(
                Map.of(),
                stack.ofType(RULE).stream()
                        .filter(rule -> rule.name().startsWith("orders-publications"))
                        .collect(Collectors.toMap(RecordedStack.Registered::name, rule -> rule)));
    }

    @Test
    void theRuleStartsTheDataSetsOwnLiveVersion() {
        var statement = stack.named("aws:iam/policy:Policy", "sales-publicationsRolePolicy")
                .statements();
        assertEquals(1, statement.size());
        var arn = stack.named(MACHINE, "sales-dataPreparationStateMachine").name();
        assertTrue(statement.get(0).path("Resource").toString().contains(arn), statement.toString());
    }

    @Test
    void aDataSetWithItsOwnAddressHasItsOwnTopic() {
        assertEquals(
                "sales@example.org",
                stack.named("aws:sns/topicSubscription:TopicSubscription", "sales-failureEmail")
                        .inputs()
                        .get("endpoint"));
        var definitions = NAMES.stream()
                .collect(Collectors.toMap(
                        name -> name,
                        name -> stack.named(MACHINE, name + "-dataPreparationStateMachine")
                                .json("definition")
                                .at("/States/NotifyFailure/Arguments/TopicArn")
                                .asText()));
        assertTrue(definitions.remove("sales").endsWith(":sales-failureTopic"));
        assertEquals(1, new HashSet<>(definitions.values()).size());
    }

    @Test
    void eachDataSetHasAlarmsOfItsOwnAndTheFunctionsAlarmsAreShared() {
        var names = stack.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").stream()
                .map(RecordedStack.Registered::name)
                .toList();
        assertEquals(
                5, names.stream().filter(name -> name.endsWith("runsFailed")).count());
        assertEquals(
                1, names.stream().filter(name -> name.endsWith("extractFailed")).count());
    }

    @Test
    void theStaleDataAlarmNamesTheDataSetsThatItReads() {
        var alarm = stack.named("aws:cloudwatch/metricAlarm:MetricAlarm", "customer_value-dataStale");
        var description = alarm.inputs().get("alarmDescription").toString();
        assertTrue(description.contains("It reads customers, sales: see their runs first."), description);
    }

    /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
    @Test
    void theEventPatternsOfManyUpstreamDataSetsAreShortEnough(@TempDir Path folder) throws Exception {
        var name = "n".repeat(29);
        var items = new ArrayList<String>();
        var sources = new ArrayList<String>();
        var columns = new ArrayList<String>();
        for (var number : IntStream.range(10, 40).toArray()) {
            var dataset = name + number;
            var source = "\"format\": {\"type\": \"%s\"}, \"columns\": [{\"name\": \"a\", \"type\": \"long\"}]";
            var recipe = "{\"name\": \"%s\", \"sources\": {\"x\": {%s}}, \"dataset\": {\"from\": \"x\"}}";
            Files.writeString(folder.resolve(dataset), recipe.formatted(dataset, source.formatted("csv")));
            items.add(
                    item(folder.resolve(dataset), "{\"name\": \"x\", \"uri\": \"s3://bucket/%s\"}".formatted(dataset)));
            sources.add("{\"name\": \"%s\", \"uri\": \"dataset://%s\"}".formatted(dataset, dataset));
            columns.add("\"%s\": {%s}".formatted(dataset, source.formatted("parquet")));
        }
        var all = "{\"name\": \"all\", \"sources\": {%s}, \"dataset\": {\"from\": \"%s10\"}}"
                .formatted(String.join(",", columns), name);
        items.add(item(Files.writeString(folder.resolve("all"), all), String.join(",", sources)));
        var many = RecordedStack.deploy(StackFiles.settings("dev", Shop.changes(items.toString())));
        var rules = many.ofType(RULE).stream()
                .filter(rule -> rule.name().startsWith("all-publications"))
                .toList();
        assertEquals(3, rules.size());
        rules.forEach(rule -> assertTrue(
                rule.inputs().get("eventPattern").toString().length() <= 2_048,
                rule.inputs().toString()));
    }

    private static String item(Path recipe, String sources) {
        return "{\"recipe\": \"%s\", \"sources\": [%s]}".formatted(recipe, sources);
    }
}
