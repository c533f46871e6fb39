package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.RecordedStack;
import dataprep.settings.StackFiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final String ALIAS = "arn:aws:states:eu-central-1:123456789012:stateMachine:live";
    private static final String MACHINE =
            "arn:aws:states:eu-central-1:123456789012:stateMachine:dataPreparationStateMachine";
    private static final String QUEUE = "arn:aws:sqs:eu-central-1:123456789012:startDeadLetters";

    @Test
    void automaticStartsAreOffByDefault() {
        var stack = RecordedStack.deploy(StackFiles.settings("dev"));
        for (var type : List.of("aws:scheduler/schedule:Schedule", "aws:s3/bucketNotification:BucketNotification")) {
            assertEquals(List.of(), stack.ofType(type));
        }
        assertTrue(stack.ofType("aws:sqs/queue:Queue").stream()
                .noneMatch(queue -> queue.name().equals("startDeadLetters")));
    }

    @Test
    void aScheduleStartsTheLiveVersionInTimeOrAWindowLater() {
        var schedule = stack(
                        "schedule",
                        "cron(0 3 * * ? *)",
                        "scheduleTimeZone",
                        "Europe/Vienna",
                        "scheduleWindowMinutes",
                        "15")
                .named("aws:scheduler/schedule:Schedule", "schedule")
                .inputs();
        assertEquals("cron(0 3 * * ? *)", schedule.get("scheduleExpression"));
        assertEquals("Europe/Vienna", schedule.get("scheduleExpressionTimezone"));
        assertEquals(Map.of("mode", "FLEXIBLE", "maximumWindowInMinutes", 15.0), schedule.get("flexibleTimeWindow"));
        var target = (Map<?, ?>) schedule.get("target");
        assertEquals(ALIAS, target.get("arn"));
        assertEquals("{\"force\":false}", target.get("input"));
        assertEquals(Map.of("arn", QUEUE), target.get("deadLetterConfig"));
        assertEquals(
                Map.of("maximumRetryAttempts", 10.0, "maximumEventAgeInSeconds", 3_600.0), target.get("retryPolicy"));
    }

    @Test
    void withoutAWindowAScheduleIsOnTime() {
        var schedule = stack("schedule", "rate(1 hour)").named("aws:scheduler/schedule:Schedule", "schedule");
        assertEquals(Map.of("mode", "OFF"), schedule.inputs().get("flexibleTimeWindow"));
    }

    @Test
    void theSchedulesRoleStartsThisWorkflowAndReportsItsFailuresAndNoMore() {
        var stack = stack("schedule", "rate(1 hour)");
        assertTrust(stack, "scheduleRole", "scheduler.amazonaws.com");
        assertEquals(
                Map.of("states:StartExecution", MACHINE, "sqs:SendMessage", QUEUE), permissions(stack, "scheduleRole"));
    }

    @Test
    void startingIsAllowedByTheAliasOnly() {
        for (var role : List.of("scheduleRole", "newObjectsRole")) {
            var start = stack("schedule", "rate(1 hour)", "startOnNewObjects", "true")
                    .named("aws:iam/policy:Policy", role + "Policy")
                    .json("policy")
                    .at("/Statement/0");
            assertEquals("states:StartExecution", action(start));
            assertEquals(
                    "{\"ForAnyValue:StringEquals\":{\"states:StateMachineQualifier\":[\"live\"]}}",
                    start.path("Condition").toString());
        }
    }

    @Test
    void aNewObjectOfAnySourceInS3StartsARun() {
        var sources = """
                [{"name": "flights", "uri": "s3://{dataBucket}/landing/flights/"},
                 {"name": "airlines", "uri": "s3://reference/airlines.csv"},
                 {"name": "weather", "uri": "https://example.org/weather.csv"}]""";
        var stack = stack("startOnNewObjects", "true", "sources", sources, "sampleData", "");
        var patterns = stack.ofType("aws:cloudwatch/eventRule:EventRule").stream()
                .filter(rule -> rule.name().startsWith("newObjects"))
                .collect(Collectors.toMap(RecordedStack.Registered::name, rule -> rule.json("eventPattern")));
        assertEquals(Set.of("newObjectsIn-dataBucket", "newObjectsIn-reference"), patterns.keySet());
        var own = patterns.get("newObjectsIn-dataBucket");
        assertEquals("[\"aws.s3\"]", own.path("source").toString());
        assertEquals("[\"Object Created\"]", own.path("detail-type").toString());
        assertEquals("[\"databucket\"]", own.at("/detail/bucket/name").toString());
        assertEquals(
                "[{\"prefix\":\"landing/flights/\"}]",
                own.at("/detail/object/key").toString());
        assertEquals(
                "[\"airlines.csv\"]",
                patterns.get("newObjectsIn-reference").at("/detail/object/key").toString());
        for (var rule : patterns.keySet()) {
            var target = stack.named("aws:cloudwatch/eventTarget:EventTarget", rule);
            assertEquals(ALIAS, target.inputs().get("arn"));
            assertEquals(Map.of("arn", QUEUE), target.inputs().get("deadLetterConfig"));
        }
    }

    @Test
    void onlyTheStacksOwnBucketSendsEventsToEventBridge() {
        var stack = stack("startOnNewObjects", "true");
        var notifications = stack.ofType("aws:s3/bucketNotification:BucketNotification");
        assertEquals(1, notifications.size());
        assertEquals("databucket", notifications.get(0).inputs().get("bucket"));
        assertEquals(true, notifications.get(0).inputs().get("eventbridge"));
    }

    @Test
    void eventBridgesRoleStartsThisWorkflowAndNoMore() {
        var stack = stack("startOnNewObjects", "true");
        assertTrust(stack, "newObjectsRole", "events.amazonaws.com");
        assertEquals(Map.of("states:StartExecution", MACHINE), permissions(stack, "newObjectsRole"));
    }

    @Test
    void theQueueTakesFailedStartsFromThisStacksRulesOnly() {
        var stack = stack("startOnNewObjects", "true");
        var queue = stack.named("aws:sqs/queue:Queue", "startDeadLetters").inputs();
        assertEquals(true, queue.get("sqsManagedSseEnabled"));
        var policy = stack.named("aws:sqs/queuePolicy:QueuePolicy", "startDeadLettersPolicy")
                .json("policy");
        assertEquals("Deny", policy.at("/Statement/0/Effect").asText());
        assertEquals(
                "false",
                policy.at("/Statement/0/Condition/Bool/aws:SecureTransport/0").asText());
        assertEquals(
                "events.amazonaws.com",
                policy.at("/Statement/1/Principal/Service/0").asText());
        assertTrue(policy.at("/Statement/1/Condition/ArnEquals/aws:SourceArn/0")
                .asText()
                .endsWith(":newObjectsIn-dataBucket"));
    }

    private static RecordedStack stack(String... changes) {
        var settings = new TreeMap<String, String>();
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        return RecordedStack.deploy(StackFiles.settings("dev", settings));
    }

    private static void assertTrust(RecordedStack stack, String role, String service) {
        var trust = stack.named("aws:iam/role:Role", role).json("assumeRolePolicy");
        assertEquals(1, trust.path("Statement").size());
        assertEquals(service, trust.at("/Statement/0/Principal/Service/0").asText());
        assertEquals(
                RecordedStack.ACCOUNT,
                trust.at("/Statement/0/Condition/StringEquals/aws:SourceAccount/0")
                        .asText());
    }

    private static Map<String, String> permissions(RecordedStack stack, String role) {
        var statements = stack.named("aws:iam/policy:Policy", role + "Policy")
                .json("policy")
                .path("Statement");
        return statements.valueStream().collect(Collectors.toMap(ScheduleTest::action, ScheduleTest::resource));
    }

    private static String action(JsonNode statement) {
        assertEquals(1, statement.path("Action").size());
        return statement.at("/Action/0").asText();
    }

    private static String resource(JsonNode statement) {
        assertEquals(1, statement.path("Resource").size());
        return statement.at("/Resource/0").asText();
    }
}
