package dataprep.asl.validation;

import dataprep.asl.Field;
import dataprep.asl.Jsonata;
import dataprep.asl.LocatedState;
import dataprep.asl.StateMachine;
import java.util.List;
import java.util.Locale;

/** Checks the syntax and the functions of each expression, and the fields of {@code $states} that it reads. */
final class ExpressionRules {

    private final DefinitionProblems problems;

    private ExpressionRules(DefinitionProblems problems) {
        this.problems = problems;
    }

    static void check(StateMachine machine, DefinitionProblems problems) {
        ExpressionRules rules = new ExpressionRules(problems);
        for (LocatedState located : machine.everyState()) {
            for (Field field : located.state().fields()) {
                StatesVariable variable = new StatesVariable(field.place(), located.isInMap());
                JsonataExpression.in(field).forEach(expression -> rules.expression(located, expression, variable));
            }
        }
    }

    private void expression(LocatedState located, JsonataExpression expression, StatesVariable variable) {
        String path = located.path() + "." + expression.path();
        if (!expression.isDelimited()) {
            problems.add(
                    path,
                    "'%s' must begin with %s and end with %s if it is an expression, or have neither if it is text",
                    expression.string(),
                    Jsonata.OPENING,
                    Jsonata.CLOSING);
            return;
        }
        if (expression.text().lines().count() > 1) {
            problems.add(path, "'%s' must be on one line; use \\n in its literals", expression.text());
        }
        try {
            references(path, References.of(expression.text()), variable);
        } catch (JsonataAst.Malformed e) {
            problems.add(path, "'%s' is not JSONata: %s", expression.text(), decapitalized(e.getMessage()));
        }
    }

    private void references(String path, References references, StatesVariable variable) {
        for (String function : references.functions()) {
            if (function.equals("eval")) {
                problems.add(path, "function $eval does not exist in Step Functions, $parse reads a JSON text");
            } else if (!Functions.NAMES.contains(function)) {
                problems.add(path, "function $%s does not exist in JSONata or in Step Functions", function);
            }
        }
        if (references.defaultOperator()) {
            problems.add(
                    path,
                    "operators ?: and ?? do not exist in JSONata 2.0.6, the version of Step Functions; use ? and :");
        }
        for (String name : references.contextless()) {
            problems.add(path, "'%s' has no context; must begin with $states or a variable", name);
        }
        for (List<String> read : references.states()) {
            variable.fault(read).ifPresent(fault -> problems.add(path, "%s", fault));
        }
    }

    private static String decapitalized(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
