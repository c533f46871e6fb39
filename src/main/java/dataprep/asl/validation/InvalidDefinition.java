package dataprep.asl.validation;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for a definition that Step Functions would reject or fail to run; the message names all problems. */
public final class InvalidDefinition extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidDefinition(List<DefinitionProblem> problems) {
        super(problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", "the state machine's definition has " + count(problems) + ":", "")));
    }

    private static String count(List<DefinitionProblem> problems) {
        return problems.size() == 1 ? "a problem" : problems.size() + " problems";
    }
}
