package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.pulumi.exceptions.RunException;
import dataprep.RecordedStack;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stack has only for sensitive columns. */
class SensitiveDataTest {
    private static final String KEY = "a key of more than 32 characters, for tests";
    private static final String SECRET = "aws:secretsmanager/secret:Secret";
    private static final RecordedStack STACK = RecordedStack.deploy(settings(Map.of("hashKey", KEY)));
    private static final RecordedStack OTHER = RecordedStack.deploy(StackFiles.settings("dev"));

    @Test
    void theJobGetsTheSecretByItsArnAndItsRoleMayReadOnlyIt() {
        var version = STACK.named("aws:secretsmanager/secretVersion:SecretVersion", "hashKeyVersion");
        assertTrue(version.inputs().get("secretString").toString().contains(KEY));
        var arn = arguments(STACK).get("--hash_secret").toString();
        assertTrue(arn.startsWith("arn:"), arn);
        assertFalse(arguments(STACK).toString().contains(KEY), "arguments are visible in the console");
        assertEquals(
                List.of("[\"%s\"]".formatted(arn)),
                resources(STACK, "dataTransformationRolePolicy", "secretsmanager:GetSecretValue"));
    }

    @Test
    void theKeyOfTheStackEncryptsTheSecret() {
        var encrypted = RecordedStack.deploy(settings(Map.of("hashKey", KEY, "encryptWithKey", "true")));
        assertTrue(encrypted.named(SECRET, "hashKey").inputs().containsKey("kmsKeyId"));
    }

    @Test
    void theFunctionTagsTheCopiesOfTheSensitiveSourceOnly() {
        var definition = STACK.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .json("definition");
        assertEquals(
                "[{\"name\":\"people\",\"uri\":\"s3://bucket/people.csv\",\"sensitive\":true},"
                        + "{\"name\":\"cities\",\"uri\":\"s3://bucket/cities.csv\"}]",
                definition.at("/States/ExtractData/Items").toString());
        assertEquals(
                List.of("[\"arn:aws:s3:::databucket/raw/*\"]"),
                resources(STACK, "dataExtractionRolePolicy", "s3:PutObjectTagging"));
        assertTrue(environment(STACK).contains("SENSITIVE_RAW_RETENTION_DAYS=5"), environment(STACK));
    }

    @Test
    void taggedCopiesExpireEarlierAndLeaveNoOldVersion() {
        assertEquals(
                List.of(Map.of(
                        "id",
                        "sensitive-raw",
                        "status",
                        "Enabled",
                        "filter",
                        Map.of("and", Map.of("prefix", "raw/", "tags", Map.of("sensitive", "true"))),
                        "expiration",
                        Map.of("days", 5.0),
                        "noncurrentVersionExpiration",
                        Map.of("noncurrentDays", 1.0))),
                sensitiveRules(STACK));
    }

    @Test
    void aRecipeWithoutSensitiveColumnsNeedsNothingOfIt() {
        assertThrows(AssertionError.class, () -> OTHER.named(SECRET, "hashKey"));
        assertFalse(arguments(OTHER).containsKey("--hash_secret"));
        assertEquals(List.of(), sensitiveRules(OTHER));
        assertEquals(List.of(), resources(OTHER, "dataExtractionRolePolicy", "s3:PutObjectTagging"));
        assertFalse(environment(OTHER).contains("SENSITIVE"), environment(OTHER));
    }

    @ParameterizedTest
    @CsvSource({"'', is missing", "a short secret, invalid value '...'"})
    void aHashColumnNeedsALongKeyWhichNoMessageShows(String key, String found) {
        var error = assertThrows(RunException.class, () -> settings(Map.of("hashKey", key)));
        assertTrue(
                error.getMessage()
                        .contains("data-preparation:hashKey: %s; must be at least 32 characters, set with"
                                .formatted(found)),
                error.getMessage());
        assertFalse(error.getMessage().contains("a short secret"), error.getMessage());
        assertFalse(settings(Map.of("hashKey", KEY)).toString().contains(KEY));
    }

    private static PipelineSettings settings(Map<String, String> changes) {
        var all = new HashMap<>(Map.of(
                "recipe",
                "src/test/resources/sensitive.json",
                "sampleData",
                "",
                "sensitiveRawRetentionDays",
                "5",
                "sources",
                "[{\"name\": \"people\", \"uri\": \"s3://bucket/people.csv\"},"
                        + " {\"name\": \"cities\", \"uri\": \"s3://bucket/cities.csv\"}]"));
        all.putAll(changes);
        return StackFiles.settings("dev", all);
    }

    private static Map<?, ?> arguments(RecordedStack stack) {
        return (Map<?, ?>) stack.named("aws:glue/job:Job", "dataTransformationJob")
                .inputs()
                .get("defaultArguments");
    }

    private static String environment(RecordedStack stack) {
        return stack.named("aws:lambda/function:Function", "dataExtractionLambda")
                .inputs()
                .get("environment")
                .toString();
    }

    private static List<Object> sensitiveRules(RecordedStack stack) {
        var rules = new ArrayList<Object>((List<?>) stack.named(
                        "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "dataBucketLifecycle")
                .inputs()
                .get("rules"));
        rules.removeIf(rule -> !rule.toString().contains("sensitive"));
        return rules;
    }

    private static List<String> resources(RecordedStack stack, String policy, String action) {
        return stack.named("aws:iam/policy:Policy", policy).statements().stream()
                .filter(statement -> statement.path("Action").toString().contains(action))
                .map(statement -> statement.path("Resource"))
                .map(JsonNode::toString)
                .toList();
    }
}
