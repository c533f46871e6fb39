package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;
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

import dataprep.asl.Branch;
import dataprep.asl.Choice;
import dataprep.asl.Map;
import dataprep.asl.Parallel;
import dataprep.asl.Pass;
import dataprep.asl.StateMachine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariableScopesTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "variable of a Map's scope, outside",
                        reading(Map.each(inner(ASSIGN_X.end())).next("Read")),
                        "States.Read.Output: " + UNSET),
                row(
                        "variable of another branch",
                        alone(Parallel.of(inner(ASSIGN_X.end()), Branch.of("Other", READ_X))
                                .end()),
                        "States.First.Branches[1].States.Other.Output: " + UNSET),
                row(
                        "variable that the Map assigns after its scope",
                        alone(Map.each(inner(READ_X)).assign("x", 1).end()),
                        "States.First.ItemProcessor.States.Inner.Output: " + BEFORE + "First -> Inner"),
                row(
                        "variable of an inner scope read too early there",
                        alone(Map.each(inner(Pass.create().output(X).next("Later"))
                                        .state("Later", ASSIGN_X.end()))
                                .end()),
                        "States.First.ItemProcessor.States.Inner.Output: " + BEFORE + "First -> Inner"),
                row(
                        "variable that one of two paths to the Map assigns",
                        alone(Choice.between(rule().next("Assign")).otherwise("Each"))
                                .state("Assign", ASSIGN_X.next("Each"))
                                .state("Each", Map.each(inner(READ_X)).end()),
                        "States.Each.ItemProcessor.States.Inner.Output: " + BEFORE + "First -> Each -> Inner"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void problemIsReportedWhereItIs(String sentence, StateMachine broken, List<String> problems) {
        assertEquals(problems, problems(broken));
    }

    @Test
    void scopesInsideReadWhatWasAssignedBeforeThem() {
        Branch innermost = Branch.of("Innermost", READ_X);
        StateMachine machine = alone(ASSIGN_X.next("Each"))
                .state(
                        "Each",
                        Map.each(inner(Parallel.of(innermost).end()))
                                .itemSelector(X)
                                .end());

        assertEquals(List.of(), problems(machine));
    }

    @Test
    void scopesBesideEachOtherMayUseTheSameName() {
        Branch one = Branch.of("One", ASSIGN_X.end());
        Branch other = Branch.of("Other", ASSIGN_X.end());

        assertEquals(List.of(), problems(alone(Parallel.of(one, other).end())));
    }
}
