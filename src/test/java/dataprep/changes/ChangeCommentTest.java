package dataprep.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.events.DiagnosticEvent;
import com.pulumi.automation.events.EngineEvent;
import com.pulumi.automation.events.ResourcePreEvent;
import com.pulumi.automation.events.StepEventMetadata;
import com.pulumi.automation.events.StepEventStateMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeCommentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MACHINE = "aws:sfn/stateMachine:StateMachine";
    private static final String DEFINITION = """
            {"StartAt": "Extract", "States": {
              "Extract": {"Type": "Map", "Items": [1, 2], "Next": "Done", "ItemProcessor": {"StartAt": "One", "States": {
                "One": {"Type": "Task", "TimeoutSeconds": %s, "Retry": [{"MaxAttempts": %s}], "End": true}}}},
              %s
              "Done": {"Type": "Succeed"}}}""";

    private final StackUpdate update = new StackUpdate();

    @Test
    void everyChangedPropertyIsShownBeforeAndAfter() {
        stack("{\"workers\": 2}", "{\"workers\": 10, \"kms\": \"key\"}");
        var comment = comment();
        assertTrue(comment.startsWith("<!-- data-preparation: changes to prod -->\n"), comment);
        assertTrue(
                comment.contains("0 to create, 1 to update, 0 to replace, 0 to delete, 3 stay as they are."), comment);
        assertTrue(
                comment.contains("| ~ | `thing` | `aws:x:Thing` | `kms`: `\"key\"` (new)<br/>`workers`: `2` → `10` |"),
                comment);
    }

    @Test
    void aReplacementIsOneChangeAndNotThree() {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        step(OperationType.CREATE_REPLACEMENT, "aws:x:Thing", "thing", "{\"name\": \"a\"}", "{\"name\": \"b\"}");
        step(OperationType.REPLACE, "aws:x:Thing", "thing", "{\"name\": \"a\"}", "{\"name\": \"b\"}");
        step(OperationType.DELETE_REPLACED, "aws:x:Thing", "thing", "{\"name\": \"a\"}", null);
        var comment = comment();
        assertTrue(comment.contains("0 to update, 1 to replace, 0 to delete, 3 stay"), comment);
        assertTrue(comment.contains("| ± | `thing` | `aws:x:Thing` | `name`: `\"a\"` → `\"b\"` |"), comment);
    }

    @Test
    void statesThatAreNewGoneOrOtherAreNamedWithTheirPlace() {
        machine(
                DEFINITION.formatted(60, 3, "\"Old\": {\"Type\": \"Pass\"},"),
                DEFINITION.formatted(120, 5, "\"New\": {\"Type\": \"Pass\"},"));
        var comment = comment();
        assertTrue(
                comment.contains(
                        "| ~ | `Extract / One` | `Retry[0].MaxAttempts`: `3` → `5`<br/>`TimeoutSeconds`: `60` → `120` |"),
                comment);
        assertTrue(comment.contains("| + | `New` |"), comment);
        assertTrue(comment.contains("| − | `Old` |"), comment);
        assertFalse(comment.contains("| ~ | `Extract` |"), comment);
        assertTrue(comment.contains("class One,New changed"), comment);
    }

    @Test
    void permissionsAreComparedActionByAction() {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        policy("\"s3:GetObject\"", "[\"s3:GetObject\", \"s3:PutObject\"]");
        var comment = comment();
        assertTrue(comment.contains("| + | `role` | may `s3:PutObject` | `arn:a/*` |"), comment);
        assertFalse(comment.contains("may `s3:GetObject`"), comment);
    }

    @Test
    void whatAMonthCostsMoreIsSaid() {
        stack("{}", "{}");
        assertTrue(comment().contains("| none |"), comment());
        step(OperationType.CREATE, "aws:kms/key:Key", "key", null, "{}");
        assertTrue(comment().contains("| +$1.00 |"), comment());
    }

    @Test
    void whatCannotBeDeployedIsSaidAndNothingElse() {
        update.read(
                event(null, new DiagnosticEvent("urn", "", "<{%reset%}>workers: got '1'\n", "", "error", "", false)));
        var comment = comment();
        assertTrue(comment.contains("**It cannot be deployed:**\n```\nworkers: got '1'\n```"), comment);
        assertFalse(comment.contains("#### Cost"), comment);
    }

    @Test
    void aValueCannotLeaveItsTableOrItsCode() {
        stack("{\"a\": 1}", "{\"a\": \"` | <img>\\n# x\"}");
        assertTrue(comment().contains("`a`: `1` → `\"' \\| <img>\\n# x\"` |"), comment());
    }

    @Test
    void aLongCommentIsCutAndSaysSo() {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        for (int i = 0; i < 2_000; i++) {
            step(OperationType.CREATE, "aws:x:Thing", "thing-with-a-long-name-%d".formatted(i), null, "{}");
        }
        var comment = comment();
        assertTrue(comment.length() < ChangeComment.MOST_CHARACTERS + 200);
        assertTrue(comment.contains("`make preview` shows all of it"), comment);
    }

    private String comment() {
        return ChangeComment.of("prod", "the base", update, update, "flowchart TD\n");
    }

    /** A stack with what has a cost, and one thing that changes. */
    private void stack(String before, String after) {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        step(before.equals(after) ? OperationType.SAME : OperationType.UPDATE, "aws:x:Thing", "thing", before, after);
    }

    private void machine(String before, String after) {
        step(
                OperationType.SAME,
                "aws:glue/job:Job",
                "job",
                "{\"glueVersion\": \"6.0\", \"workerType\": \"G.1X\", \"numberOfWorkers\": 2}",
                "{\"glueVersion\": \"6.0\", \"workerType\": \"G.1X\", \"numberOfWorkers\": 2}");
        step(OperationType.SAME, "aws:lambda/function:Function", "f", "{\"memorySize\": 512}", "{\"memorySize\": 512}");
        step(
                before.equals(after) ? OperationType.SAME : OperationType.UPDATE,
                MACHINE,
                "machine",
                JSON.createObjectNode().put("definition", before).toString(),
                JSON.createObjectNode().put("definition", after).toString());
    }

    private void policy(String before, String after) {
        var document = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": %s, \"Resource\": [\"arn:a/*\"]}}";
        step(
                OperationType.UPDATE,
                "aws:iam/policy:Policy",
                "role",
                JSON.createObjectNode()
                        .put("policy", document.formatted(before))
                        .toString(),
                JSON.createObjectNode().put("policy", document.formatted(after)).toString());
    }

    private void step(OperationType op, String type, String name, String before, String after) {
        var urn = "urn:pulumi:prod::data-preparation::%s::%s".formatted(type, name);
        update.read(event(
                new StepEventMetadata(
                        op,
                        urn,
                        type,
                        state(urn, type, before),
                        state(urn, type, after),
                        List.of(),
                        List.of(),
                        Map.of(),
                        true,
                        ""),
                null));
    }

    private static StepEventStateMetadata state(String urn, String type, String inputs) {
        try {
            return inputs == null
                    ? null
                    : new StepEventStateMetadata(
                            urn,
                            type,
                            true,
                            false,
                            "id",
                            "",
                            false,
                            JSON.readValue(inputs, new TypeReference<Map<String, Object>>() {}),
                            Map.of(),
                            "",
                            List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EngineEvent event(StepEventMetadata step, DiagnosticEvent diagnostic) {
        var resource = step == null ? null : new ResourcePreEvent(step, false);
        return new EngineEvent(0, 0, null, null, diagnostic, null, null, resource, null, null, null);
    }

    @Test
    void theDefinitionOfTheBaseMayBeNone() {
        assertEquals(
                List.of("", "Extract", "Extract / One", "Done"),
                Definition.of("").changesTo(Definition.of(DEFINITION.formatted(1, 1, ""))).stream()
                        .map(Definition.StateChange::path)
                        .toList());
    }
}
