package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;
import static dataprep.asl.Samples.failing;
import static dataprep.asl.Samples.task;
import static dataprep.asl.Samples.uncaughtTask;
import static dataprep.asl.validation.ProblemRows.problems;
import static dataprep.asl.validation.ProblemRows.row;
import static dataprep.asl.validation.VariableSamples.ASSIGN_X;
import static dataprep.asl.validation.VariableSamples.BEFORE;
import static dataprep.asl.validation.VariableSamples.READ_X;
import static dataprep.asl.validation.VariableSamples.UNSET;
import static dataprep.asl.validation.VariableSamples.X;
import static dataprep.asl.validation.VariableSamples.inner;
import static dataprep.asl.validation.VariableSamples.reading;
import static dataprep.asl.validation.VariableSamples.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Pass;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariableRulesTest {

    static Stream<Arguments> readTooEarly() {
        return Stream.of(
                row("variable that is never assigned", alone(READ_X), "States.First.Output: " + UNSET),
                row(
                        "variable that the same state assigns",
                        alone(ASSIGN_X.output(X).end()),
                        "States.First.Output: " + BEFORE + "First"),
                row(
                        "variable in the value of its first assignment",
                        alone(Pass.create().assign("x", Jsonata.of("$x + 1")).end()),
                        "States.First.Assign.x: " + BEFORE + "First"),
                row(
                        "variable that the same Assign sets beside it",
                        alone(ASSIGN_X.assign("y", X).end()),
                        "States.First.Assign.y: " + BEFORE + "First"),
                row(
                        "variable that a later state assigns",
                        alone(Pass.create().output(X).next("Later")).state("Later", ASSIGN_X.end()),
                        "States.First.Output: " + BEFORE + "First"),
                row(
                        "variable that one of two paths assigns",
                        reading(Choice.between(rule().next("Assign")).otherwise("Read"))
                                .state("Assign", ASSIGN_X.next("Read")),
                        "States.Read.Output: " + BEFORE + "First -> Read"),
                row(
                        "variable that the failed state would have assigned",
                        reading(uncaughtTask()
                                .catching(Catch.all().next("Read"))
                                .assign("x", 1)
                                .next("Read")),
                        "States.Read.Output: " + BEFORE + "First -> Read"),
                row(
                        "variable that only the Catch assigns",
                        reading(uncaughtTask()
                                .catching(Catch.all().assign("x", 1).next("Read"))
                                .next("Read")),
                        "States.Read.Output: " + BEFORE + "First -> Read"),
                row(
                        "variable that another Catch assigns",
                        reading(uncaughtTask()
                                .catching(
                                        Catch.on("A").assign("x", 1).next("Read"),
                                        Catch.all().next("Read"))
                                .end()),
                        "States.Read.Output: " + BEFORE + "First -> Read"),
                row(
                        "variable of a Choice, on the path of a rule",
                        reading(Choice.between(rule().next("Read"))
                                .assign("x", 1)
                                .otherwise("Read")),
                        "States.Read.Output: " + BEFORE + "First -> Read"),
                row(
                        "variable of a rule, on the path of the default",
                        reading(Choice.between(rule().assign("x", 1).next("Read"))
                                .otherwise("Read")),
                        "States.Read.Output: " + BEFORE + "First -> Read"),
                row(
                        "variable that the loop assigns in its first iteration",
                        alone(Pass.create().next("Test"))
                                .state(
                                        "Test",
                                        Choice.between(rule().next("Again")).otherwise("Read"))
                                .state("Again", ASSIGN_X.next("Test"))
                                .state("Read", READ_X),
                        "States.Read.Output: " + BEFORE + "First -> Test -> Read"));
    }

    static Stream<Arguments> badNames() {
        String tooLong = "v".repeat(81);
        String noName =
                "' is not a valid variable name; must be a letter or _, then letters, digits or _, at most 80 in total";
        return Stream.of(
                row(
                        "reserved name",
                        alone(Pass.create().assign("states", 1).end()),
                        "States.First.Assign.states: variable $states is reserved; use another name"),
                row(
                        "name with a dash",
                        alone(Pass.create().assign("run-id", 1).end()),
                        "States.First.Assign.run-id: 'run-id" + noName),
                row(
                        "name that is too long",
                        alone(Pass.create().assign(tooLong, 1).end()),
                        "States.First.Assign." + tooLong + ": '" + tooLong + noName),
                row(
                        "bad name in a Catch",
                        failing(uncaughtTask()
                                .catching(Catch.all().assign("1st", 1).next("Failed"))
                                .end()),
                        "States.First.Catch[0].Assign.1st: '1st" + noName),
                row(
                        "bad name in a rule",
                        reading(ASSIGN_X.next("Choose"))
                                .state(
                                        "Choose",
                                        Choice.between(rule().assign("", 1).next("Read"))
                                                .otherwise("Read")),
                        "States.Choose.Choices[0].Assign.: '" + noName),
                row(
                        "name of a scope around",
                        alone(Map.each(inner(ASSIGN_X.end())).assign("x", 1).end()),
                        "States.First.ItemProcessor.States.Inner.Assign.x: "
                                + "variable $x is already assigned in an outer scope; use another name"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"readTooEarly", "badNames"})
    void problemIsReportedWhereItIs(String sentence, StateMachine broken, List<String> problems) {
        assertEquals(problems, problems(broken));
    }

    @Test
    void variableThatEveryPathAssignsIsValid() {
        StateMachine machine = reading(Choice.between(rule().assign("x", 1).next("Read"), rule().next("Work"))
                        .assign("x", 2)
                        .otherwise("Read"))
                .state(
                        "Work",
                        uncaughtTask()
                                .catching(Catch.all().assign("x", 3).next("Read"))
                                .assign("x", 4)
                                .next("Read"));

        assertEquals(List.of(), problems(machine));
    }

    @Test
    void everyFieldOfATaskIsSearched() {
        Jsonata y = Jsonata.of("$y");
        StateMachine machine = failing(task().catching()
                .arguments(y)
                .timeoutSeconds(y)
                .heartbeatSeconds(y)
                .assign("a", y)
                .output(y)
                .end());

        assertEquals(
                List.of("Arguments", "TimeoutSeconds", "HeartbeatSeconds", "Assign.a", "Output"),
                Validation.problems(machine).stream()
                        .map(problem -> problem.path().replace("States.First.", ""))
                        .toList());
    }

    @Test
    void builtInFunctionMayBePassedByNameUnlessItIsAVariable() {
        Succeed map = Succeed.create().output(Jsonata.of("$map($states.input, $uppercase)"));

        assertEquals(List.of(), problems(alone(map)));
        assertEquals(
                List.of("States.First.Output: variable $count is read before it is assigned, on the path First"),
                problems(alone(Pass.create()
                        .output(Jsonata.of("$count"))
                        .assign("count", 0)
                        .end())));
    }

    @Test
    void stateThatCannotBeReachedReadsNothing() {
        assertEquals(
                List.of("States.Read: is unreachable: no path to it from 'First'"), problems(reading(ASSIGN_X.end())));
    }
}
