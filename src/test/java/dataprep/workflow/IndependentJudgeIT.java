package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cfn-lint, which knows AWS's own schema of state machines, says of the definition. */
class IndependentJudgeIT {
    private static final Path LINTER = Path.of(".cache", "python", "bin", "cfn-lint");

    @TempDir
    private Path folder;

    private record Verdict(int code, String findings) {}

    @Test
    void acceptsTheResolvedDefinition() throws Exception {
        var definition = DataPreparationWorkflow.define(Shipped.plan("version"), Resources.placeholders())
                .toJson();
        var verdict = judge(definition);
        assertEquals(0, verdict.code(), verdict.findings());
    }

    /** The definition that this project began with: a resource that is no integration, and no way out of a state. */
    @Test
    void refusesTheDefinitionThatThisProjectBeganWith() throws Exception {
        var verdict = judge("""
                {"StartAt": "ExtractData", "States": {
                  "ExtractData": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "TransformData"},
                  "TransformData": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "j"}, "Next": "LoadData"},
                  "LoadData": {"Type": "Task", "Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b", "Key": "k", "Body.$": "$.result"}, "End": true}
                }}""");
        assertNotEquals(0, verdict.code());
        assertTrue(verdict.findings().contains("LoadData"), verdict.findings());
    }

    private Verdict judge(String definition) throws IOException, InterruptedException {
        var properties = Map.of("RoleArn", "arn:aws:iam::123456789012:role/r", "DefinitionString", definition);
        var resource = Map.of("Type", "AWS::StepFunctions::StateMachine", "Properties", properties);
        var template = folder.resolve("template.json");
        Files.writeString(
                template, new ObjectMapper().writeValueAsString(Map.of("Resources", Map.of("Machine", resource))));
        var process = new ProcessBuilder(LINTER.toString(), "--include-checks", "E", "--", template.toString())
                .redirectErrorStream(true)
                .start();
        var findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor(), findings);
    }
}
