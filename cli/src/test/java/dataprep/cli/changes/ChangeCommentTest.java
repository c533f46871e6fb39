package dataprep.cli.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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

    private final List<JsonNode> events = new ArrayList<>();

    @Test
    void everyChangedPropertyIsShownBeforeAndAfter() {
        stack("{\"workers\": 2}", "{\"workers\": 10, \"kms\": \"key\"}");
        var comment = comment();
        assertTrue(comment.startsWith("### Changes in stack `prod`\n"), comment);
        assertTrue(comment.contains("0 to create, 1 to update, 0 to replace, 0 to delete, 3 unchanged."), comment);
        assertTrue(
                comment.contains("| ~ | `thing` | `aws:x:Thing` | `kms`: `\"key\"` (new)<br/>`workers`: `2` → `10` |"),
                comment);
    }

    @Test
    void aReplacementCountsAsOneChange() {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        step("create-replacement", "aws:x:Thing", "thing", "{\"name\": \"a\"}", "{\"name\": \"b\"}");
        step("replace", "aws:x:Thing", "thing", "{\"name\": \"a\"}", "{\"name\": \"b\"}");
        step("delete-replaced", "aws:x:Thing", "thing", "{\"name\": \"a\"}", null);
        var comment = comment();
        assertTrue(comment.contains("0 to update, 1 to replace, 0 to delete, 3 unchanged"), comment);
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
    void theStateMachinesOfSeveralDataSetsAreComparedOneByOne() throws Exception {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        var type = "aws:sfn/stateMachine:StateMachine";
        var changed = JSON.createObjectNode().put("definition", DEFINITION.formatted(2, 1, ""));
        var old = JSON.createObjectNode().put("definition", DEFINITION.formatted(1, 1, ""));
        step("update", type, "orders-machine", old.toString(), changed.toString());
        step("create", type, "sales-machine", null, old.toString());
        var comment = comment();
        assertTrue(comment.contains("#### State machines"), comment);
        assertTrue(
                comment.contains("`orders-machine`:\n\n| | state | changed |\n|---|---|---|\n| ~ | `Extract / One`"));
        assertTrue(comment.contains("`sales-machine`, new:"), comment);
        assertFalse(comment.contains("`machine`:"), comment);
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
    void theChangeOfTheMonthlyCostIsShown() {
        stack("{}", "{}");
        assertTrue(comment().contains("| none |"), comment());
        step("create", "aws:kms/key:Key", "key", null, "{}");
        assertTrue(comment().contains("| +$1.00 |"), comment());
    }

    @Test
    void unknownOutputsAreNotInvented() {
        machine(DEFINITION.formatted(1, 1, ""), StackUpdate.UNKNOWN);
        var comment = comment();
        assertTrue(comment.contains("#### State machine\nNot known before the deployment."), comment);
        assertTrue(comment.contains("#### Cost\nNot known before the deployment."), comment);
    }

    @Test
    void aBaseWithoutAPipelineHasNoCostComparison() {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        events.removeIf(event -> event.toString().contains("job:Job"));
        var job = "{\"glueVersion\": \"6.0\", \"workerType\": \"G.1X\", \"numberOfWorkers\": 2}";
        step("create", "aws:glue/job:Job", "job", null, job);
        assertTrue(comment().contains("| not known |"), comment());
    }

    @Test
    void aFailedDeploymentShowsOnlyItsErrors() {
        events.add(JSON.createObjectNode()
                .set(
                        "diagnosticEvent",
                        JSON.createObjectNode()
                                .put("severity", "error")
                                .put("message", "<{%reset%}>workers: got '1'\n")));
        var comment = comment();
        assertTrue(comment.contains("**The deployment fails:**\n```\nworkers: got '1'\n```"), comment);
        assertFalse(comment.contains("#### Cost"), comment);
    }

    @Test
    void aValueCannotLeaveItsTableOrItsCode() {
        stack("{\"a\": 1}", "{\"a\": \"` | <img>\\n# x\"}");
        assertTrue(comment().contains("`a`: `1` → `\"' \\| <img>\\n# x\"` |"), comment());
    }

    @Test
    void aLongCommentIsTruncatedWithANote() {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        for (int i = 0; i < 2_000; i++) {
            step("create", "aws:x:Thing", "thing-with-a-long-name-%d".formatted(i), null, "{}");
        }
        var comment = comment();
        assertTrue(comment.length() < ChangeComment.MOST_CHARACTERS + 200);
        assertTrue(comment.contains("run `make preview` for the whole text"), comment);
    }

    private String comment() {
        var update = StackUpdate.of(events);
        return ChangeComment.of("prod", "the base", update, update, "flowchart TD\n");
    }

    /** A stack with priced resources and one change. */
    private void stack(String before, String after) {
        machine(DEFINITION.formatted(1, 1, ""), DEFINITION.formatted(1, 1, ""));
        step(before.equals(after) ? "same" : "update", "aws:x:Thing", "thing", before, after);
    }

    private void machine(String before, String after) {
        step(
                "same",
                "aws:glue/job:Job",
                "job",
                "{\"glueVersion\": \"6.0\", \"workerType\": \"G.1X\", \"numberOfWorkers\": 2}",
                "{\"glueVersion\": \"6.0\", \"workerType\": \"G.1X\", \"numberOfWorkers\": 2}");
        step("same", "aws:lambda/function:Function", "f", "{\"memorySize\": 512}", "{\"memorySize\": 512}");
        step(
                before.equals(after) ? "same" : "update",
                MACHINE,
                "machine",
                JSON.createObjectNode().put("definition", before).toString(),
                JSON.createObjectNode().put("definition", after).toString());
    }

    private void policy(String before, String after) {
        var document = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": %s, \"Resource\": [\"arn:a/*\"]}}";
        step(
                "update",
                "aws:iam/policy:Policy",
                "role",
                JSON.createObjectNode()
                        .put("policy", document.formatted(before))
                        .toString(),
                JSON.createObjectNode().put("policy", document.formatted(after)).toString());
    }

    private void step(String op, String type, String name, String before, String after) {
        var urn = "urn:pulumi:prod::data-preparation::%s::%s".formatted(type, name);
        var step = JSON.createObjectNode().put("op", op).put("urn", urn).put("type", type);
        step.set("old", state(before));
        step.set("new", state(after));
        events.add(JSON.createObjectNode()
                .set("resourcePreEvent", JSON.createObjectNode().set("metadata", step)));
    }

    private static JsonNode state(String inputs) {
        try {
            return inputs == null
                    ? NullNode.getInstance()
                    : JSON.createObjectNode().set("inputs", JSON.readTree(inputs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theDefinitionOfTheBaseMayBeNone() {
        assertEquals(
                List.of("", "Extract", "Extract / One", "Done"),
                StatesByPath.of("").changesTo(StatesByPath.of(DEFINITION.formatted(1, 1, ""))).stream()
                        .map(StatesByPath.StateChange::path)
                        .toList());
    }
}
