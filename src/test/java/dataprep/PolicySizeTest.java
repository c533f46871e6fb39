package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.exceptions.RunException;
import dataprep.components.ExtractFunction;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No policy exceeds IAM's size limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
class PolicySizeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANAGED = 6_144;
    private static final int POLICIES_OF_A_ROLE = 10;

    @TempDir
    private Path folder;

    @Test
    void fortySourcesAtTheirLongestNamesFit() throws IOException {
        var settings = sources(40, 63, 1_024);
        ExtractFunction.check(settings);
        var stack = RecordedStack.deploy(settings, "aws-us-gov", "us-gov-west-1");
        var policies = stack.ofType("aws:iam/policy:Policy");
        for (var policy : policies) {
            var size = policy.inputs().get("policy").toString().length();
            assertTrue(size <= MANAGED, policy.name() + " has " + size);
        }
        var extraction = policies.stream()
                .filter(policy -> policy.name().startsWith("dataExtractionRolePolicy"))
                .toList();
        assertTrue(extraction.size() <= POLICIES_OF_A_ROLE, extraction.size() + " policies");
        assertEquals(
                extraction.size(),
                stack.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment").stream()
                        .filter(attachment -> attachment.name().startsWith("dataExtractionRolePolicy"))
                        .count());
        var read = new HashSet<String>();
        for (var policy : extraction) {
            for (var statement : policy.statements()) {
                if (statement.path("Action").toString().equals("[\"s3:GetObject\"]")) {
                    statement.path("Resource").forEach(arn -> read.add(arn.asText()));
                }
            }
        }
        settings.externalSources()
                .forEach(source -> assertTrue(
                        read.contains("arn:aws-us-gov:" + source.uri().replace("s3://", "s3:::")), source.name()));
    }

    @Test
    void theShippedStacksHaveOnePolicyForEachRole() {
        for (var name : List.of("dev", "prod")) {
            var stack = RecordedStack.deploy(StackFiles.settings(name));
            assertEquals(
                    stack.ofType("aws:iam/role:Role").size(),
                    stack.ofType("aws:iam/policy:Policy").size());
        }
    }

    @Test
    void moreThanARoleHoldsIsRefusedBeforeAnyResource() throws IOException {
        var tooMany = sources(60, 63, 1_024);
        var refusal = assertThrows(RunException.class, () -> ExtractFunction.check(tooMany));
        assertTrue(
                refusal.getMessage().startsWith("data-preparation:sources: the permissions to read 60 sources"),
                refusal.getMessage());
        ExtractFunction.check(sources(60, 10, 100));
    }

    /** Settings with many sources, each in its own bucket, with names of these lengths. */
    private PipelineSettings sources(int number, int bucketCharacters, int keyCharacters) throws IOException {
        var columns = JSON.readTree("[{\"name\": \"id\", \"type\": \"long\"}]");
        var recipe = JSON.createObjectNode().put("name", "d".repeat(128));
        recipe.putObject("sources");
        recipe.putObject("dataset").put("from", name(0)).putArray("steps");
        var sources = JSON.createArrayNode();
        for (int i = 0; i < number; i++) {
            var source = recipe.withObject("/sources").putObject(name(i));
            source.putObject("format").put("type", "csv");
            source.set("columns", columns);
            var number4 = "%04d".formatted(i);
            var bucket = "b".repeat(bucketCharacters - 4) + number4;
            sources.addObject()
                    .put("name", name(i))
                    .put("uri", "s3://%s/%s%s".formatted(bucket, "k".repeat(keyCharacters - 4), number4));
        }
        var file = folder.resolve(number + ".json");
        Files.writeString(file, recipe.toString());
        var changes = new HashMap<>(Map.of("encryptWithKey", "true", "alarms", "true", "schedule", "rate(1 day)"));
        changes.put("sampleData", "");
        changes.put("recipe", file.toString());
        changes.put("sources", sources.toString());
        return StackFiles.settings("prod", changes);
    }

    private static String name(int number) {
        return "s".repeat(59) + "%04d".formatted(number);
    }
}
