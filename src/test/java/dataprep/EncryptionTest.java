package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.settings.StackFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stacks whose settings ask for a key of their own, one with everything on, and one whose settings don't. */
class EncryptionTest {
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:encryptionKey";
    private static final String OF_THE_ACCOUNT = "\"StringEquals\":{\"aws:SourceAccount\":[\"123456789012\"]}";

    private static RecordedStack with;
    private static RecordedStack everything;
    private static RecordedStack without;

    @BeforeAll
    static void deploy() {
        with = encrypted(Map.of());
        everything = encrypted(StackFiles.EVERYTHING_ON);
        without = RecordedStack.deploy(StackFiles.settings("dev"));
    }

    @Test
    void nothingIsEncryptedWithAKeyUnlessItIsAskedFor() {
        assertEquals(List.of(), without.ofType("aws:kms/key:Key"));
        assertTrue(without.resources().stream()
                .noneMatch(resource -> resource.inputs().toString().contains("kms")));
    }

    @Test
    void everyBucketUsesTheKeyAndAsksForItOnceForManyObjects() {
        var encryptions = with.ofType(
                "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2");
        assertEquals(2, encryptions.size());
        for (var encryption : encryptions) {
            var rules = encryption.inputs().get("rules").toString();
            assertTrue(rules.contains("sseAlgorithm=aws:kms"), rules);
            assertTrue(rules.contains("kmsMasterKeyId=" + KEY), rules);
            assertTrue(rules.contains("bucketKeyEnabled=true"), rules);
        }
    }

    @Test
    void everyTopicQueueAndLogGroupUsesTheKey() {
        assertEquals(Map.of("failureTopic", KEY, "alarmTopic", KEY), keys("aws:sns/topic:Topic", "kmsMasterKeyId"));
        assertEquals(Map.of("startDeadLetters", KEY), keys("aws:sqs/queue:Queue", "kmsMasterKeyId"));
        assertEquals(
                Map.of("workflowLogs", KEY, "dataExtractionLogs", KEY, "dataTransformationLogs", KEY),
                keys("aws:cloudwatch/logGroup:LogGroup", "kmsKeyId"));
    }

    @Test
    void whatQueriesFindIsEncryptedWithTheKey() {
        var workgroup = everything.named("aws:athena/workgroup:Workgroup", "queryWorkgroup");
        var configuration = workgroup.inputs().get("configuration").toString();
        assertTrue(configuration.contains("encryptionOption=SSE_KMS"), configuration);
        assertTrue(configuration.contains("kmsKeyArn=" + KEY), configuration);
    }

    @Test
    void exactlyTheRolesThatReadOrWriteMayUseTheKey() {
        assertEquals(
                Set.of("stepFunctionRolePolicy", "dataExtractionRolePolicy", "dataTransformationRolePolicy"),
                usersOfTheKey(with));
        assertEquals(
                Set.of(
                        "stepFunctionRolePolicy",
                        "dataExtractionRolePolicy",
                        "dataTransformationRolePolicy",
                        "scheduleRolePolicy"),
                usersOfTheKey(everything));
    }

    @Test
    void theKeyIsRotated() {
        assertEquals(
                true, with.named("aws:kms/key:Key", "encryptionKey").inputs().get("enableKeyRotation"));
    }

    @Test
    void itsPolicyNamesNobodyButTheAccountAndTheServicesThatUseItAsThemselves() {
        assertEquals(
                Map.of(
                        "arn:aws:iam::123456789012:root",
                        "{}",
                        "events.amazonaws.com",
                        "{}",
                        "budgets.amazonaws.com",
                        "{\"ArnLike\":{\"aws:SourceArn\":[\"arn:aws:budgets::123456789012:*\"]},%s}"
                                .formatted(OF_THE_ACCOUNT),
                        "cloudwatch.amazonaws.com",
                        ("{\"ArnLike\":{\"aws:SourceArn\":[\"arn:aws:cloudwatch:eu-central-1:123456789012:"
                                        + "alarm:data-preparation-dev-*\"]},%s}")
                                .formatted(OF_THE_ACCOUNT),
                        "logs.eu-central-1.amazonaws.com",
                        "{\"ArnLike\":{\"kms:EncryptionContext:aws:logs:arn\":[\"arn:aws:logs:eu-central-1:"
                                + "123456789012:log-group:*/data-preparation-dev/*\"]}}"),
                conditions(everything));
    }

    static Stream<Map<String, String>> stacks() {
        return Stream.of(
                Map.of(),
                Map.of("alarms", "true"),
                Map.of("monthlyBudgetDollars", "50"),
                Map.of("startOnNewObjects", "true"),
                StackFiles.EVERYTHING_ON);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theServicesThatMaySendToATopicOrAQueueAreThoseThatMayUseTheKey(Map<String, String> settings) {
        var stack = encrypted(settings);
        var senders = Stream.of("aws:sns/topicPolicy:TopicPolicy", "aws:sqs/queuePolicy:QueuePolicy")
                .flatMap(type -> stack.ofType(type).stream())
                .flatMap(policy -> statements(policy.json("policy")).stream())
                .flatMap(EncryptionTest::services)
                .collect(Collectors.toSet());
        var users = statements(keyPolicy(stack)).stream()
                .filter(statement -> actions(statement).equals(Set.of("kms:Decrypt", "kms:GenerateDataKey")))
                .flatMap(EncryptionTest::services)
                .collect(Collectors.toSet());
        assertEquals(senders, users);
    }

    @Test
    void noServiceMayDoMoreWithTheKeyThanReadAndWrite() {
        for (var statement : statements(keyPolicy(everything))) {
            if (services(statement).findAny().isPresent()) {
                var actions = new TreeSet<>(actions(statement));
                actions.removeAll(Set.of(
                        "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"));
                assertEquals(Set.of(), actions, statement.toString());
            }
            assertFalse(statement.path("Action").toString().contains("*"), statement.toString());
        }
    }

    @Test
    void theLogGroupsAreThoseThatTheLogsServiceMayUseTheKeyFor() {
        for (var group : with.ofType("aws:cloudwatch/logGroup:LogGroup")) {
            assertTrue(group.inputs().get("name").toString().contains("/data-preparation-dev/"), group.name());
        }
    }

    private static RecordedStack encrypted(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("encryptWithKey", "true");
        return RecordedStack.deploy(StackFiles.settings("dev", all));
    }

    private static Map<String, Object> keys(String type, String input) {
        return everything.ofType(type).stream()
                .collect(Collectors.toMap(
                        RecordedStack.Registered::name,
                        resource -> String.valueOf(resource.inputs().get(input))));
    }

    private static Set<String> usersOfTheKey(RecordedStack stack) {
        return stack.ofType("aws:iam/policy:Policy").stream()
                .filter(policy -> statements(policy.json("policy")).stream().anyMatch(EncryptionTest::isUseOfTheKey))
                .map(RecordedStack.Registered::name)
                .collect(Collectors.toSet());
    }

    private static boolean isUseOfTheKey(JsonNode statement) {
        return actions(statement).equals(Set.of("kms:Decrypt", "kms:GenerateDataKey"))
                && statement.path("Resource").toString().equals("[\"" + KEY + "\"]");
    }

    /** The conditions of the key's policy, by principal. */
    private static Map<String, String> conditions(RecordedStack stack) {
        var conditions = new TreeMap<String, String>();
        for (var statement : statements(keyPolicy(stack))) {
            statement
                    .path("Principal")
                    .forEach(kind -> kind.forEach(principal -> assertEquals(
                            null,
                            conditions.put(
                                    principal.asText(),
                                    statement.has("Condition")
                                            ? statement.path("Condition").toString()
                                            : "{}"))));
        }
        return conditions;
    }

    private static JsonNode keyPolicy(RecordedStack stack) {
        return stack.named("aws:kms/key:Key", "encryptionKey").json("policy");
    }

    private static Stream<String> services(JsonNode statement) {
        return texts(statement.at("/Principal/Service")).stream();
    }

    private static Set<String> actions(JsonNode statement) {
        return Set.copyOf(texts(statement.path("Action")));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<JsonNode> statements(JsonNode policy) {
        var statements = new ArrayList<JsonNode>();
        policy.path("Statement").forEach(statements::add);
        return statements;
    }
}
