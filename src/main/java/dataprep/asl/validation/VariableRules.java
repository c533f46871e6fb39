package dataprep.asl.validation;

import dataprep.asl.Branch;
import dataprep.asl.Field;
import dataprep.asl.Scope;
import dataprep.asl.StateMachine;
import dataprep.asl.Transition;
import java.util.Set;

/** Checks the names of variables, and that no path through a scope reads a variable before it is assigned. */
final class VariableRules {

    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]{0,79}";

    private final DefinitionProblems problems;

    private VariableRules(DefinitionProblems problems) {
        this.problems = problems;
    }

    static void check(StateMachine machine, DefinitionProblems problems) {
        new VariableRules(problems).branch("", Variables.of(machine), Set.of());
    }

    /** @param outer the variables of the scopes around */
    private void branch(String prefix, Variables variables, Set<String> outer) {
        for (Branch.Named entry : variables.branch().entries()) {
            String path = prefix + "States." + entry.name() + ".";
            entry.state().transitions().forEach(transition -> assignments(path, transition, outer));
            reads(path, entry, variables);
            for (Scope scope : entry.state().scopes()) {
                branch(path + scope.field() + ".", variables.inside(entry.name(), scope.branch()), variables.names());
            }
        }
    }

    private void assignments(String prefix, Transition transition, Set<String> outer) {
        for (String variable : transition.assigned()) {
            String path = prefix + transition.beside("Assign." + variable);
            if (variable.equals("states")) {
                problems.add(path, "variable $states is reserved; use another name");
            } else if (!variable.matches(NAME)) {
                problems.add(
                        path,
                        "'%s' is not a valid variable name; must be a letter or _, then letters, digits or _, at"
                                + " most 80 in total",
                        variable);
            } else if (outer.contains(variable)) {
                problems.add(path, "variable $%s is already assigned in an outer scope; use another name", variable);
            }
        }
    }

    private void reads(String prefix, Branch.Named entry, Variables variables) {
        for (Field field : entry.state().fields()) {
            for (JsonataExpression expression : JsonataExpression.in(field)) {
                for (String variable : expression.variables()) {
                    variables
                            .fault(variable, entry.name())
                            .ifPresent(fault -> problems.add(prefix + expression.path(), "%s", fault));
                }
            }
        }
    }
}
