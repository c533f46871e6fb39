package dataprep.asl.validation;

import dataprep.asl.StateMachine;
import java.util.List;

/** Validates a definition by all rules that need no AWS account. */
public final class Validation {

    private Validation() {}

    /** All problems of the definition; empty if it is valid. */
    public static List<DefinitionProblem> problems(StateMachine machine) {
        DefinitionProblems problems = new DefinitionProblems();
        BoundsRules.check(machine, problems);
        StructureRules.check(machine, problems);
        ErrorRules.check(machine, problems);
        ExpressionRules.check(machine, problems);
        VariableRules.check(machine, problems);
        return problems.found();
    }

    /**
     * Returns a valid definition.
     *
     * @throws InvalidDefinition with all problems, if there are any
     */
    public static StateMachine validate(StateMachine machine) {
        List<DefinitionProblem> problems = problems(machine);
        if (!problems.isEmpty()) {
            throw new InvalidDefinition(problems);
        }
        return machine;
    }
}
