package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;
import static dataprep.asl.Samples.choosing;
import static dataprep.asl.Samples.rule;
import static dataprep.asl.Samples.task;
import static dataprep.asl.Samples.uncaughtTask;
import static dataprep.asl.validation.ProblemRows.problems;
import static dataprep.asl.validation.ProblemRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Parallel;
import dataprep.asl.Pass;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Wait;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StructureRulesTest {

    private static final Pass END = Pass.create().end();

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "StartAt without a state",
                        StateMachine.startAt("Frist").state("First", END),
                        "StartAt: invalid value 'Frist'; must be one of the states of its scope: First"),
                row(
                        "inner scope starts at no state of its own",
                        alone(Parallel.of(Branch.startAt("First").state("Inner", END))
                                .end()),
                        "States.First.Branches[0].StartAt: invalid value 'First'; must be one of the states of its scope: Inner"),
                row(
                        "state without End and Next",
                        alone(Pass.create()),
                        "States.First.Next: is missing; must name a state, or the state must have End"),
                row(
                        "next state is unknown",
                        alone(Pass.create().next("Second")),
                        "States.First.Next: invalid value 'Second'; must be one of the states of its scope: First"),
                row(
                        "next state of a catcher is unknown",
                        alone(task().end()),
                        "States.First.Catch[0].Next: invalid value 'Failed'; must be one of the states of its scope: First"),
                row(
                        "catcher without a next state",
                        alone(uncaughtTask().catching(Catch.on("Gone")).end()),
                        "States.First.Catch[0].Next: is missing; must name a state, or the state must have End"),
                row(
                        "rule goes to an unknown state",
                        choosing(Choice.between(rule("true"), rule("false").next("Maybe"))
                                .otherwise("No")),
                        "States.First.Choices[1].Next: invalid value 'Maybe'; "
                                + "must be one of the states of its scope: First, Yes, No"),
                row(
                        "rule without a next state",
                        alone(Choice.between(ChoiceRule.when(Jsonata.of("true")))
                                        .otherwise("End"))
                                .state("End", END),
                        "States.First.Choices[0].Next: is missing; must name a state, or the state must have End"),
                row(
                        "default is unknown",
                        choosing(Choice.between(rule("true"), rule("false").next("No"))
                                .otherwise("Maybe")),
                        "States.First.Default: invalid value 'Maybe'; must be one of the states of its scope: First, Yes, No"),
                row(
                        "choice has no default",
                        choosing(Choice.between(rule("true"), rule("false").next("No"))),
                        "States.First.Default: is missing; a Choice must have a default state"),
                row(
                        "choice has no rules",
                        alone(Choice.between().otherwise("End")).state("End", END),
                        "States.First.Choices: is empty; a Choice must have at least one rule"),
                row(
                        "parallel has no branches",
                        alone(Parallel.of().end()),
                        "States.First.Branches: is empty; a Parallel must have at least one branch"),
                row(
                        "inner state goes to a state outside",
                        alone(Map.each(Branch.of("Inner", Pass.create().next("Last")))
                                        .next("Last"))
                                .state("Last", END),
                        "States.First.ItemProcessor.States.Inner.Next: invalid value 'Last'; "
                                + "must be one of the states of its scope: Inner"),
                row(
                        "state cannot be reached",
                        alone(END).state("Island", END),
                        "States.Island: is unreachable: no path to it from 'First'"),
                row(
                        "unreachable cycle of states",
                        alone(END)
                                .state("A", Pass.create().next("B"))
                                .state("B", Pass.create().next("A")),
                        "States.A: is unreachable: no path to it from 'First'",
                        "States.B: is unreachable: no path to it from 'First'"),
                row(
                        "state of a branch cannot be reached",
                        alone(Parallel.of(Branch.of("Inner", END).state("Island", END))
                                .end()),
                        "States.First.Branches[0].States.Island: is unreachable: no path to it from 'Inner'"),
                row(
                        "states form a cycle without an exit",
                        alone(Pass.create().next("A"))
                                .state("A", Pass.create().next("B"))
                                .state("B", Pass.create().next("A")),
                        "States.First: has no path to an end, which is a Succeed, a Fail or a state with End",
                        "States.A: has no path to an end, which is a Succeed, a Fail or a state with End",
                        "States.B: has no path to an end, which is a Succeed, a Fail or a state with End"),
                row(
                        "name is too long",
                        StateMachine.startAt("n".repeat(81)).state("n".repeat(81), END),
                        "States." + "n".repeat(81) + ": name has 81 characters; must have 1 to 80"),
                row(
                        "name is blank",
                        StateMachine.startAt(" ").state(" ", END),
                        "States. : name has 0 characters; must have 1 to 80"),
                row(
                        "duplicate name",
                        alone(END).state("First", Succeed.create()),
                        "States.First: name 'First' is already used by States.First; names must be unique in a definition"),
                row(
                        "name is taken by a scope inside",
                        alone(Parallel.of(Branch.of("Last", END), Branch.of("Inner", END))
                                        .next("Last"))
                                .state("Last", END),
                        "States.Last: name 'Last' is already used by States.First.Branches[0].States.Last; "
                                + "names must be unique in a definition"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void problemIsReportedWhereItIs(String sentence, StateMachine broken, List<String> problems) {
        assertEquals(problems, problems(broken));
    }

    @Test
    void loopWithAnExitIsValid() {
        StateMachine polling = alone(Wait.seconds(0).next("Done"))
                .state("Done", Choice.between(rule("$states.input.done = true")).otherwise("First"))
                .state("Yes", Succeed.create());

        assertEquals(List.of(), problems(polling));
    }

    @Test
    void nameOfEightyCharactersIsAllowed() {
        String longest = "n".repeat(80);

        assertEquals(List.of(), problems(StateMachine.startAt(longest).state(longest, END)));
    }
}
