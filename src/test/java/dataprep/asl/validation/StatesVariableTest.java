package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;
import static dataprep.asl.Samples.choosing;
import static dataprep.asl.Samples.failing;
import static dataprep.asl.Samples.rule;
import static dataprep.asl.Samples.task;
import static dataprep.asl.Samples.uncaughtTask;
import static dataprep.asl.validation.ProblemRows.problems;
import static dataprep.asl.validation.ProblemRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.Fail;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Parallel;
import dataprep.asl.Pass;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Wait;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatesVariableTest {

    private static final Jsonata RESULT = Jsonata.of("$states.result");
    private static final Jsonata ERROR = Jsonata.of("$states.errorOutput.Error");
    private static final Jsonata ITEM = Jsonata.of("$states.context.Map.Item.Value");
    private static final String NO_RESULT =
            "$states.result does not exist here, only in Assign and Output of a Task, Parallel or Map";
    private static final String NO_ERROR =
            "$states.errorOutput does not exist here, only in Assign and Output of a Catch";
    private static final String NO_ITEM =
            "$states.context.Map does not exist here, only in a Map's ItemSelector and ItemProcessor";

    private static StateMachine output(String expression) {
        return alone(Succeed.create().output(Jsonata.of(expression)));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "unknown field",
                        output("$states.inputs.a"),
                        "States.First.Output: $states.inputs does not exist, "
                                + "only input, context, result and errorOutput"),
                row(
                        "unknown object of the context",
                        output("$states.context.Executions"),
                        "States.First.Output: $states.context.Executions does not exist, "
                                + "only Execution, State, StateMachine, Map"),
                row(
                        "unknown field of the execution",
                        output("$states.context.Execution.name"),
                        "States.First.Output: $states.context.Execution.name does not exist, "
                                + "only Id, Input, Name, RedriveCount, RedriveTime, RoleArn, StartTime"),
                row("result of a Succeed", alone(Succeed.create().output(RESULT)), "States.First.Output: " + NO_RESULT),
                row(
                        "result of a Pass",
                        alone(Pass.create().assign("a", RESULT).output(RESULT).end()),
                        "States.First.Assign.a: " + NO_RESULT,
                        "States.First.Output: " + NO_RESULT),
                row(
                        "result before the work",
                        failing(task().argument("Key", RESULT)
                                .timeoutSeconds(RESULT)
                                .heartbeatSeconds(RESULT)
                                .end()),
                        "States.First.Arguments.Key: " + NO_RESULT,
                        "States.First.TimeoutSeconds: " + NO_RESULT,
                        "States.First.HeartbeatSeconds: " + NO_RESULT),
                row(
                        "result before the items",
                        alone(Map.each(Branch.of("Inner", Succeed.create()))
                                .over(RESULT)
                                .itemSelector(RESULT)
                                .maxConcurrency(RESULT)
                                .end()),
                        "States.First.Items: " + NO_RESULT,
                        "States.First.ItemSelector: " + NO_RESULT,
                        "States.First.MaxConcurrency: " + NO_RESULT),
                row(
                        "result before the branches",
                        alone(Parallel.of(Branch.of("Inner", Succeed.create()))
                                .arguments(RESULT)
                                .end()),
                        "States.First.Arguments: " + NO_RESULT),
                row(
                        "result in a Catch",
                        failing(uncaughtTask()
                                .catching(Catch.all().output(RESULT).next("Failed"))
                                .end()),
                        "States.First.Catch[0].Output: " + NO_RESULT),
                row(
                        "result in a Choice",
                        choosing(Choice.between(
                                        rule("$states.result = 1")
                                                .assign("a", RESULT)
                                                .next("No"),
                                        rule("true"))
                                .output(RESULT)
                                .otherwise("No")),
                        "States.First.Choices[0].Condition: " + NO_RESULT,
                        "States.First.Choices[0].Assign.a: " + NO_RESULT,
                        "States.First.Output: " + NO_RESULT),
                row("result of a wait", alone(Wait.seconds(RESULT).end()), "States.First.Seconds: " + NO_RESULT),
                row(
                        "error without a Catch",
                        failing(task().assign("a", ERROR).end()),
                        "States.First.Assign.a: " + NO_ERROR),
                row(
                        "error in the state that a Catch leads to",
                        alone(Fail.error(ERROR).cause(ERROR)),
                        "States.First.Error: " + NO_ERROR,
                        "States.First.Cause: " + NO_ERROR),
                row("item without a Map", alone(Succeed.create().output(ITEM)), "States.First.Output: " + NO_ITEM),
                row(
                        "item in the Map's own output",
                        alone(Map.each(Branch.of("Inner", Succeed.create()))
                                .over(ITEM)
                                .output(ITEM)
                                .end()),
                        "States.First.Items: " + NO_ITEM,
                        "States.First.Output: " + NO_ITEM));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void problemIsReportedWhereItIs(String sentence, StateMachine broken, List<String> problems) {
        assertEquals(problems, problems(broken));
    }

    @Test
    void everyFieldOfStatesIsAllowedWhereItExists() {
        Branch inner = Branch.of(
                "Inner",
                Parallel.of(Branch.of("Innermost", Succeed.create().output(ITEM)))
                        .end());
        StateMachine machine = failing(Map.each(inner)
                        .over(Jsonata.of("$states.input.sources"))
                        .itemSelector(
                                Payload.with("item", ITEM).and("run", Jsonata.of("$states.context.Execution.Name")))
                        .catching(
                                Catch.all().assign("error", ERROR).output(ERROR).next("Failed"))
                        .assign("first", Jsonata.of("$states.result[0].name"))
                        .output(RESULT)
                        .next("Work"))
                .state(
                        "Work",
                        task().output(RESULT)
                                .assign("at", Jsonata.of("$states.context.State"))
                                .end());

        assertEquals(List.of(), problems(machine));
    }
}
