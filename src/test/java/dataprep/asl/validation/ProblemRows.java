package dataprep.asl.validation;

import dataprep.asl.StateMachine;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Rows of broken definitions and their problems. */
final class ProblemRows {

    private ProblemRows() {}

    static Arguments row(String sentence, StateMachine broken, String... problems) {
        return Arguments.of(sentence, broken, List.of(problems));
    }

    static List<String> problems(StateMachine machine) {
        return Validation.problems(machine).stream()
                .map(DefinitionProblem::toString)
                .toList();
    }
}
