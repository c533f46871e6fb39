package dataprep.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The interpreter executes states like Step Functions. */
class InterpreterTest {
    private static final String TASK = "'Type': 'Task', 'Resource': 'arn:aws:states:::aws-sdk:s3:getObject'";

    private final Services services = new Services(new ModelS3(false), new ModelCatalog(false));
    private Executions executions;

    private int begin(String states) {
        var definition = "{'StartAt': 'A', 'States': {%s}}".formatted(states).replace('\'', '"');
        executions = new Executions(new ExecutableDefinition(ModelManifest.parse(definition)), services);
        return executions.begin(executions.create("R1", ModelManifest.parse("{\"x\": 1}")));
    }

    private int succeed(int execution, String state, String result) {
        return end(execution, state, CallResult.of(ModelManifest.parse(result.replace('\'', '"'))));
    }

    private int fail(int execution, String state, String error) {
        return end(execution, state, CallResult.failed(error, "why"));
    }

    private int end(int execution, String state, CallResult outcome) {
        int call = waiting(execution).indexOf(state);
        return executions.end(execution, call, services.outcomes.number(outcome));
    }

    private List<String> waiting(int execution) {
        return executions.calls(execution).stream().map(Call::state).toList();
    }

    private String output(int execution) {
        assertEquals(ModelExecution.SUCCEEDED, executions.get(execution).status());
        return executions.get(execution).output().toString().replace('"', '\'');
    }

    @Test
    void aChoiceTakesTheFirstTrueRuleWithItsAssign() {
        int execution = begin("""
                'A': {'Type': 'Choice', 'Assign': {'v': 'default'}, 'Default': 'B', 'Choices': [
                  {'Condition': '{% $states.input.x = 2 %}', 'Next': 'B', 'Assign': {'v': 'two'}},
                  {'Condition': '{% $states.input.x = 1 %}', 'Next': 'B', 'Assign': {'v': 'one'}},
                  {'Condition': '{% true %}', 'Next': 'B', 'Assign': {'v': 'true'}}]},
                'B': {'Type': 'Succeed', 'Output': '{% $v %}'}""");
        assertEquals("'one'", output(execution));
    }

    @Test
    void aTasksResultIsReadByAssignAndOutputAndIsTheNextInput() {
        int execution = begin("""
                'A': {%s, 'Arguments': {'Key': '{%% $string($states.input.x) %%}'}, 'Next': 'B', 'Assign': {'v': '{%% $states.result.n %%}'}},
                'B': {'Type': 'Succeed', 'Output': {'v': '{%% $v %%}', 'input': '{%% $states.input %%}'}}""".formatted(TASK));
        assertEquals("1", executions.calls(execution).get(0).request().text("Key"));
        assertEquals("{'v':7,'input':{'n':7}}", output(succeed(execution, "A", "{'n': 7}")));
    }

    @Test
    void anErrorGoesToTheFirstCatcherThatNamesItWithItsErrorOutput() {
        int execution = begin("""
                'A': {%s, 'Next': 'B', 'Catch': [
                  {'ErrorEquals': ['E'], 'Next': 'B', 'Assign': {'v': 'E'}},
                  {'ErrorEquals': ['States.ALL'], 'Next': 'B', 'Assign': {'v': '{%% $states.errorOutput.Cause %%}'}}]},
                'B': {'Type': 'Succeed', 'Output': '{%% $v %%}'}""".formatted(TASK));
        assertEquals("'E'", output(fail(execution, "A", "E")));
        assertEquals("'why'", output(fail(execution, "A", "F")));
    }

    @Test
    void onlyErrorsThatARetrierNamesAreRetriedAndOnlyAsOftenAsItSays() {
        int execution =
                begin("'A': {%s, 'End': true, 'Retry': [{'ErrorEquals': ['E'], 'MaxAttempts': 1}]}".formatted(TASK));
        assertEquals(true, executions.calls(execution).get(0).isRetriedAfter("E"));
        assertEquals(false, executions.calls(execution).get(0).isRetriedAfter("F"));
        int retried = executions.retry(execution, 0);
        assertEquals(false, executions.calls(retried).get(0).isRetriedAfter("E"));
    }

    @Test
    void anExpressionWithoutAResultIsAnErrorThatCanBeCaught() {
        int execution = begin("""
                'A': {%s, 'Arguments': '{%% $states.input.y %%}', 'Next': 'B', 'Catch': [
                  {'ErrorEquals': ['States.QueryEvaluationError'], 'Next': 'B', 'Output': 'caught'}]},
                'B': {'Type': 'Succeed', 'Output': '{%% $states.input %%}'}""".formatted(TASK));
        assertEquals("'caught'", output(execution));
    }

    private static final String TWO_BRANCHES = """
            'A': {'Type': 'Parallel', 'End': true%%s, 'Branches': [
              {'StartAt': 'B', 'States': {'B': {%s, 'Next': 'C'}, 'C': {%s, 'End': true}}},
              {'StartAt': 'D', 'States': {'D': {%s, 'End': true}}}]}""".formatted(TASK, TASK, TASK);

    @Test
    void aParallelEndsWithTheResultsOfAllBranches() {
        int execution = begin(TWO_BRANCHES.formatted(""));
        assertEquals(List.of("B", "D"), waiting(execution));
        execution = succeed(execution, "D", "4");
        execution = succeed(execution, "B", "2");
        assertEquals(List.of("C"), waiting(execution));
        assertEquals("[3,4]", output(succeed(execution, "C", "3")));
    }

    @Test
    void aParallelFailsWithItsFirstFailedBranchAndAbortsTheOthers() {
        var caught = ", 'Catch': [{'ErrorEquals': ['E'], 'Next': 'Z'}]";
        int execution = begin(TWO_BRANCHES.formatted(caught) + ", 'Z': {%s, 'End': true}".formatted(TASK));
        assertEquals(List.of("Z"), waiting(fail(execution, "D", "E")));
    }

    @Test
    void aRedriveRunsTheUnsuccessfulBranchesOnlyEachFromTheStateThatDidNotEnd() {
        int execution = begin(TWO_BRANCHES.formatted(""));
        execution = succeed(execution, "B", "2");
        int failed = fail(execution, "C", "E");
        assertEquals(ModelExecution.FAILED, executions.get(failed).status());
        assertEquals(List.of("C", "D"), waiting(executions.redrive(failed)));
        int aborted = executions.abort(succeed(execution, "D", "4"), true);
        assertEquals(List.of(), waiting(aborted));
        assertEquals(List.of("C"), waiting(executions.redrive(aborted)));
        assertEquals("[3,4]", output(succeed(executions.redrive(aborted), "C", "3")));
    }

    @Test
    void variablesOfABranchEndWithIt() {
        int execution = begin("""
                'A': {'Type': 'Pass', 'Assign': {'v': 'outer'}, 'Next': 'B'},
                'B': {'Type': 'Parallel', 'Next': 'C', 'Branches': [{'StartAt': 'D', 'States': {
                  'D': {'Type': 'Pass', 'Assign': {'w': '{% $v %}'}, 'Next': 'E'},
                  'E': {'Type': 'Succeed', 'Output': '{% $w %}'}}}]},
                'C': {'Type': 'Succeed', 'Output': '{% [$states.input, $v, $exists($w)] %}'}""");
        assertEquals("['outer','outer',false]", output(execution));
    }

    @Test
    void aMapRunsItsStatesForEachItem() {
        int execution = begin("""
                'A': {'Type': 'Map', 'Items': ['a', 'b'], 'End': true,
                  'ItemSelector': {'at': '{%% $states.context.Map.Item.Index %%}'},
                  'ItemProcessor': {'StartAt': 'B', 'States': {'B': {%s, 'End': true, 'Arguments': {
                    'Key': '{%% $states.context.Map.Item.Value & $string($states.input.at) %%}'}}}}}""".formatted(TASK));
        var keys = executions.calls(execution).stream()
                .map(call -> call.request().text("Key"))
                .toList();
        assertEquals(List.of("a0", "b1"), keys);
        execution = succeed(execution, "B", "1");
        assertEquals("[1,2]", output(succeed(execution, "B", "2")));
    }

    @Test
    void anExecutionThatEndsInAFailStateCannotResume() {
        int execution = begin("'A': {'Type': 'Fail', 'Error': 'E', 'Cause': '{% $string($states.input.x) %}'}");
        assertEquals(ModelExecution.FAILED, executions.get(execution).status());
        assertNull(executions.get(execution).frame());
    }

    @Test
    void executionsThatDifferInAnUnreadVariableAreEqual() {
        int execution = begin("""
                'A': {%s, 'Next': 'B', 'Assign': {'unread': '{%% $states.result %%}'}},
                'B': {%s, 'Arguments': {}, 'End': true}""".formatted(TASK, TASK));
        assertEquals(succeed(execution, "A", "1"), succeed(execution, "A", "2"));
        assertEquals(
                JsonNodeFactory.instance.objectNode(),
                executions.calls(succeed(execution, "A", "1")).get(0).request().arguments());
    }
}
