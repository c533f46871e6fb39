package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.settings.StackFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stack whose settings ask for a key of its own, and one whose settings don't. */
class EncryptionTest {
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:encryptionKey";

    private static RecordedStack with;
    private static RecordedStack without;

    @BeforeAll
    static void deploy() {
        with = RecordedStack.deploy(StackFiles.settings("dev", Map.of("encryptWithKey", "true")));
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
    void messagesAndLogsUseTheKey() {
        var topic = with.named("aws:sns/topic:Topic", "failureTopic");
        assertEquals(KEY, topic.inputs().get("kmsMasterKeyId"));
        var groups = with.ofType("aws:cloudwatch/logGroup:LogGroup");
        assertEquals(3, groups.size());
        for (var group : groups) {
            assertEquals(KEY, group.inputs().get("kmsKeyId"), group.name());
        }
    }

    @Test
    void exactlyTheRolesThatReadOrWriteMayUseTheKey() {
        var users = with.ofType("aws:iam/policy:Policy").stream()
                .filter(policy -> statements(policy.json("policy")).stream().anyMatch(EncryptionTest::isUseOfTheKey))
                .map(RecordedStack.Registered::name)
                .collect(Collectors.toSet());
        assertEquals(
                Set.of("stepFunctionRolePolicy", "dataExtractionRolePolicy", "dataTransformationRolePolicy"), users);
    }

    @Test
    void theKeyIsRotatedAndItsPolicyNamesNobodyButTheAccountAndWhatWritesForIt() {
        var key = with.named("aws:kms/key:Key", "encryptionKey");
        assertEquals(true, key.inputs().get("enableKeyRotation"));
        for (var statement : statements(key.json("policy"))) {
            var principal = statement.path("Principal").toString();
            assertTrue(
                    Set.of(
                                    "{\"AWS\":[\"arn:aws:iam::123456789012:root\"]}",
                                    "{\"Service\":[\"cloudwatch.amazonaws.com\",\"events.amazonaws.com\"]}",
                                    "{\"Service\":[\"logs.eu-central-1.amazonaws.com\"]}")
                            .contains(principal),
                    principal);
            assertFalse(statement.path("Action").toString().contains("*"), statement.toString());
        }
    }

    @Test
    void theLogsServiceUsesTheKeyForTheStacksOwnGroupsOnly() {
        var logs = statements(with.named("aws:kms/key:Key", "encryptionKey").json("policy")).stream()
                .filter(statement ->
                        statement.at("/Principal/Service").toString().contains("logs."))
                .toList();
        assertEquals(1, logs.size());
        assertEquals(
                "[\"arn:aws:logs:eu-central-1:123456789012:log-group:*/data-preparation-dev/*\"]",
                logs.get(0)
                        .at("/Condition/ArnLike/kms:EncryptionContext:aws:logs:arn")
                        .toString());
        for (var group : with.ofType("aws:cloudwatch/logGroup:LogGroup")) {
            assertTrue(group.inputs().get("name").toString().contains("/data-preparation-dev/"), group.name());
        }
    }

    private static boolean isUseOfTheKey(JsonNode statement) {
        return statement.path("Action").toString().equals("[\"kms:Decrypt\",\"kms:GenerateDataKey\"]")
                && statement.path("Resource").toString().equals("[\"" + KEY + "\"]");
    }

    private static List<JsonNode> statements(JsonNode policy) {
        var statements = new ArrayList<JsonNode>();
        policy.path("Statement").forEach(statements::add);
        return statements;
    }
}
