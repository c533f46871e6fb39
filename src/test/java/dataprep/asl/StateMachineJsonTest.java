package dataprep.asl;

import static dataprep.asl.Samples.assertWritten;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateMachineJsonTest {

    @Test
    void definitionIsWrittenWithItsQueryLanguage() {
        StateMachine machine = StateMachine.startAt("First")
                .comment("does nothing")
                .timeoutSeconds(60)
                .state("First", Pass.create().next("Last"))
                .state("Last", Succeed.create());

        assertEquals("""
                {"QueryLanguage":"JSONata","TimeoutSeconds":60,"Comment":"does nothing","StartAt":"First",\
                "States":{"First":{"Type":"Pass","Next":"Last"},"Last":{"Type":"Succeed"}}}\
                """, machine.toJson());
    }

    @Test
    void choiceKeepsTheOrderOfItsRules() throws Exception {
        assertWritten(
                """
                {"Type": "Choice", "Comment": "which", "Choices": [
                   {"Comment": "small", "Condition": "{% $n < 10 %}", "Assign": {"size": "s"}, "Output": 1,
                    "Next": "A"},
                   {"Condition": "{% $n < 100 %}", "Next": "B"}],
                 "Default": "C", "Assign": {"size": "l"}, "Output": 3}""",
                Choice.between(
                                ChoiceRule.when(Jsonata.of("$n < 10"))
                                        .comment("small")
                                        .assign("size", "s")
                                        .output(1)
                                        .next("A"),
                                ChoiceRule.when(Jsonata.of("$n < 100")).next("B"))
                        .comment("which")
                        .assign("size", "l")
                        .output(3)
                        .otherwise("C"));
    }

    @Test
    void mapIsInline() throws Exception {
        assertWritten(
                """
                {"Type": "Map", "Comment": "all", "Items": [{"n": 1}],
                 "ItemSelector": {"i": "{% $states.context.Map.Item.Index %}"},
                 "MaxConcurrency": 4,
                 "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "Comment": "one", "StartAt": "Inner",
                                   "States": {"Inner": {"Type": "Pass", "End": true}}},
                 "Retry": [{"ErrorEquals": ["Busy"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Second"}],
                 "End": true}""",
                Map.each(Branch.of("Inner", Pass.create().end()).comment("one"))
                        .comment("all")
                        .over(List.of(Payload.with("n", 1)))
                        .itemSelector(Payload.with("i", Jsonata.of("$states.context.Map.Item.Index")))
                        .maxConcurrency(4)
                        .retry(Retry.on("Busy"))
                        .catching(Catch.all().next("Second"))
                        .end());
        assertWritten(
                """
                {"Type": "Map", "Items": "{% $list %}", "MaxConcurrency": "{% $n %}",
                 "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Inner",
                                   "States": {"Inner": {"Type": "Succeed"}}}, "End": true}""",
                Map.each(Branch.of("Inner", Succeed.create()))
                        .over(Jsonata.of("$list"))
                        .maxConcurrency(Jsonata.of("$n"))
                        .end());
    }

    @Test
    void parallelKeepsTheOrderOfItsBranches() throws Exception {
        assertWritten(
                """
                {"Type": "Parallel", "Comment": "both", "Arguments": {"a": 1}, "Branches": [
                   {"StartAt": "One", "States": {"One": {"Type": "Pass", "Next": "Two"}, "Two": {"Type": "Succeed"}}},
                   {"StartAt": "Other", "States": {"Other": {"Type": "Succeed"}}}],
                 "Retry": [{"ErrorEquals": ["Busy"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Second"}],
                 "Assign": {"x": 1}, "Output": "{% $states.result[0] %}", "Next": "Second"}""",
                Parallel.of(
                                Branch.startAt("One")
                                        .state("One", Pass.create().next("Two"))
                                        .state("Two", Succeed.create()),
                                Branch.of("Other", Succeed.create()))
                        .comment("both")
                        .arguments(Payload.with("a", 1))
                        .retry(Retry.on("Busy"))
                        .catching(Catch.all().next("Second"))
                        .assign("x", 1)
                        .output(Jsonata.of("$states.result[0]"))
                        .next("Second"));
    }

    @Test
    void simpleStatesAreWritten() throws Exception {
        assertWritten(
                "{'Type': 'Wait', 'Comment': 'c', 'Seconds': 5, 'Assign': {'a': 1}, 'Output': 2, 'Next': 'Last'}",
                Wait.seconds(5).comment("c").assign("a", 1).output(2).next("Last"));
        assertWritten(
                "{'Type': 'Wait', 'Seconds': '{% $n %}', 'End': true}",
                Wait.seconds(Jsonata.of("$n")).end());
        assertWritten(
                "{'Type': 'Wait', 'Timestamp': '2026-01-31T06:00:00Z', 'End': true}",
                Wait.until("2026-01-31T06:00:00Z").end());
        assertWritten(
                "{'Type': 'Wait', 'Timestamp': '{% $at %}', 'End': true}",
                Wait.until(Jsonata.of("$at")).end());
        assertWritten(
                "{'Type': 'Pass', 'Comment': 'c', 'Assign': {'a': 1}, 'Output': 2, 'End': true}",
                Pass.create().comment("c").assign("a", 1).output(2).next("Last").end());
        assertWritten(
                "{'Type': 'Succeed', 'Comment': 'c', 'Output': 2}",
                Succeed.create().comment("c").output(2));
        assertWritten(
                "{'Type': 'Fail', 'Comment': 'c', 'Error': 'E', 'Cause': 'because'}",
                Fail.error("E").cause("because").comment("c"));
        assertWritten(
                "{'Type': 'Fail', 'Error': '{% $e %}', 'Cause': '{% $c %}'}",
                Fail.error(Jsonata.of("$e")).cause(Jsonata.of("$c")));
    }

    @Test
    void prettyFormIsTheSameJsonOnLinesOfItsOwn() throws Exception {
        StateMachine machine =
                StateMachine.startAt("First").state("First", Succeed.create().output(Arrays.asList(1, null)));

        assertEquals(Samples.json(machine.toJson()), Samples.json(machine.toPrettyJson()));
        assertFalse(machine.toPrettyJson().contains("\r"));
        assertEquals("{", machine.toPrettyJson().lines().findFirst().orElseThrow());
    }

    @Test
    void stateCannotBeChangedOnceMade() {
        Task task = Samples.task();
        String before = StateMachine.startAt("First").state("First", task).toJson();

        task.argument("Key", 1).assign("a", 1).retry(Retry.on("Busy")).next("Second");
        ((ObjectNode) task.argument("Key", 1).arguments().toTree()).put("Key", 2);

        assertEquals(before, StateMachine.startAt("First").state("First", task).toJson());
        assertEquals("{\"Key\":1}", task.argument("Key", 1).arguments().toString());
    }
}
