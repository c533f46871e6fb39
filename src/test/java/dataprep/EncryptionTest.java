package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.settings.StackFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stacks with a KMS key, one of them with all settings on, and a stack without one. */
class EncryptionTest {
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:encryptionKey";

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
        assertEquals(
                Map.of("startDeadLetters", KEY, "lineageDeadLetters", KEY),
                keys("aws:sqs/queue:Queue", "kmsMasterKeyId"));
        assertEquals(
                Map.of(
                        "workflowLogs",
                        KEY,
                        "dataExtractionLogs",
                        KEY,
                        "lineageLogs",
                        KEY,
                        "dataTransformationOutput",
                        KEY,
                        "dataTransformationErrors",
                        KEY),
                keys("aws:cloudwatch/logGroup:LogGroup", "kmsKeyId"));
    }

    @Test
    void queryResultsAreEncryptedWithTheKey() {
        var workgroup = everything.named("aws:athena/workgroup:Workgroup", "queryWorkgroup");
        var configuration = workgroup.inputs().get("configuration").toString();
        assertTrue(configuration.contains("encryptionOption=SSE_KMS"), configuration);
        assertTrue(configuration.contains("kmsKeyArn=" + KEY), configuration);
    }

    @Test
    void exactlyTheRolesThatReadOrWriteMayUseTheKey() {
        assertEquals(
                Set.of(
                        "stepFunctionRolePolicy",
                        "dataExtractionRolePolicy",
                        "dataTransformationRolePolicy",
                        "lineageRolePolicy"),
                usersOfTheKey(with));
        assertEquals(
                Set.of(
                        "stepFunctionRolePolicy",
                        "dataExtractionRolePolicy",
                        "dataTransformationRolePolicy",
                        "lineageRolePolicy",
                        "scheduleRolePolicy"),
                usersOfTheKey(everything));
    }

    @Test
    void theKeyIsRotated() {
        assertEquals(
                true, with.named("aws:kms/key:Key", "encryptionKey").inputs().get("enableKeyRotation"));
    }

    @Test
    void theLogGroupsAreThoseThatTheLogsServiceMayUseTheKeyFor() {
        for (var group : with.ofType("aws:cloudwatch/logGroup:LogGroup")) {
            assertTrue(group.inputs().get("name").toString().contains("/data-preparation-dev/"), group.name());
        }
    }

    static RecordedStack encrypted(Map<String, String> settings) {
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
                .filter(policy -> policy.statements().stream().anyMatch(EncryptionTest::isUseOfTheKey))
                .map(RecordedStack.Registered::name)
                .collect(Collectors.toSet());
    }

    private static boolean isUseOfTheKey(JsonNode statement) {
        return statement.path("Action").toString().equals("[\"kms:Decrypt\",\"kms:GenerateDataKey\"]")
                && statement.path("Resource").toString().equals("[\"" + KEY + "\"]");
    }
}
