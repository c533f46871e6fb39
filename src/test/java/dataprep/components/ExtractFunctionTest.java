package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import dataprep.RecordedStack;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtractFunctionTest {
    private static final String RAW = "arn:aws:s3:::data/raw/*";

    @Test
    void theCopiesOfAnEarlierInvocationOrRunAreRead() {
        var incremental = StackFiles.settings(
                "dev",
                Map.of(
                        "recipe",
                        "src/test/resources/incremental.json",
                        "sources",
                        "[{\"name\": \"orders\", \"uri\": \"s3://{dataBucket}/landing/orders/\"}]"));
        assertEquals(1, readingRaw(incremental));
        assertEquals(1, readingRaw(StackFiles.settings("dev")));
    }

    @Test
    void theQueriesOfAddressesAreInNoEventButInASecretOfTheEnvironment() {
        var stack = RecordedStack.deploy(StackFiles.settings(
                "dev",
                Map.of(
                        "sources",
                        "[{\"name\": \"flights\", \"uri\": \"https://example.org/f.csv?token=s3cr3t\"},"
                                + " {\"name\": \"airlines\", \"uri\": \"https://example.org/a.csv\"},"
                                + " {\"name\": \"weather\", \"uri\": \"s3://other-bucket/w?.csv\"}]")));
        var definition = stack.named("aws:sfn/stateMachine:StateMachine", "dataPreparationStateMachine")
                .json("definition")
                .toString();
        assertFalse(definition.contains("s3cr3t"), definition);
        assertTrue(definition.contains("https://example.org/f.csv\""), definition);
        assertTrue(definition.contains("s3://other-bucket/w?.csv"), definition);
        var function = stack.named("aws:lambda/function:Function", "dataExtractionLambda")
                .inputs();
        assertTrue(
                function.get("environment").toString().contains("{\"flights\":\"token=s3cr3t\"}"), function.toString());
    }

    @Test
    void moreQueriesThanAnEnvironmentHoldsAreRefusedByTheirLength() {
        var address = "https://example.org/f.csv?token=" + "x".repeat(4_000);
        var settings = StackFiles.settings(
                "dev",
                Map.of(
                        "sources",
                        "[{\"name\": \"flights\", \"uri\": \"%s\"}, {\"name\": \"airlines\", \"uri\": \"https://e.org/a\"},"
                                        .formatted(address)
                                + " {\"name\": \"weather\", \"uri\": \"https://e.org/w\"}]"));
        var refused = assertThrows(RunException.class, () -> ExtractFunction.check(settings));
        assertTrue(refused.getMessage().contains("must be at most 4000 characters"), refused.getMessage());
    }

    private static long readingRaw(PipelineSettings settings) {
        var target = new AwsTarget("aws", "eu-west-1", "123456789012");
        return ExtractFunction.permissions(
                        settings, settings.externalSources(), target, "data", "arn:aws:logs:r:a:log-group:g")
                .stream()
                .filter(statement -> statement.actions().contains("s3:GetObject")
                        && statement.resources().contains(RAW))
                .count();
    }
}
