package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;
import static dataprep.asl.Samples.choosing;
import static dataprep.asl.Samples.rule;
import static dataprep.asl.validation.ProblemRows.problems;
import static dataprep.asl.validation.ProblemRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Choice;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionRulesTest {

    private static StateMachine output(String expression) {
        return alone(Succeed.create().output(Jsonata.of(expression)));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "incomplete expression",
                        output("1 +"),
                        "States.First.Output: '1 +' is not JSONata: unexpected end of expression (at character 3)"),
                row(
                        "empty expression",
                        output(""),
                        "States.First.Output: '' is not JSONata: unexpected end of expression (at character 0)"),
                row(
                        "delimiters with nothing between them",
                        alone(Succeed.create().output("{%%}")),
                        "States.First.Output: '' is not JSONata: unexpected end of expression (at character 0)"),
                row(
                        "text that makes the parser fail",
                        output("$match('a', /a"),
                        "States.First.Output: '$match('a', /a' is not JSONata: "
                                + "no terminating / in regular expression (at character 14)"),
                row(
                        "line break in a literal",
                        output("$states.input\n& 'a\nb'"),
                        "States.First.Output: '$states.input & 'a\nb'' must be on one line; use \\n in its literals"),
                row(
                        "opening delimiter alone",
                        alone(Succeed.create().output("{% $states.input")),
                        "States.First.Output: '{% $states.input' "
                                + "must begin with {% and end with %} if it is an expression, or have neither if it is text"),
                row(
                        "space before the opening delimiter",
                        alone(Succeed.create().output(" {% $states.input %}")),
                        "States.First.Output: ' {% $states.input %}' "
                                + "must begin with {% and end with %} if it is an expression, or have neither if it is text"),
                row(
                        "delimiters that overlap",
                        alone(Succeed.create().output("{%}")),
                        "States.First.Output: '{%}' "
                                + "must begin with {% and end with %} if it is an expression, or have neither if it is text"),
                row(
                        "function that Step Functions leaves out",
                        output("$eval('1')"),
                        "States.First.Output: function $eval does not exist in Step Functions, "
                                + "$parse reads a JSON text"),
                row(
                        "unknown function",
                        output("$notThere(1)"),
                        "States.First.Output: function $notThere does not exist " + "in JSONata or in Step Functions"),
                row(
                        "operators of a later JSONata",
                        output("$states.input.a ?? $states.input.b ?: 1"),
                        "States.First.Output: operators ?: and ?? do not exist in JSONata 2.0.6, "
                                + "the version of Step Functions; use ? and :"),
                row(
                        "field without a context",
                        output("input.name"),
                        "States.First.Output: 'input' has no context; must begin with $states or a variable"),
                row(
                        "context where there is none",
                        output("$$.a & $.b"),
                        "States.First.Output: '$$' has no context; must begin with $states or a variable",
                        "States.First.Output: '$' has no context; must begin with $states or a variable"),
                row(
                        "deep inside a template",
                        alone(Succeed.create().output(List.of(1, Payload.with("a", List.of(Jsonata.of("(")))))),
                        "States.First.Output[1].a[0]: '(' is not JSONata: "
                                + "expected \")\" before end of expression (at character 1)"),
                row(
                        "condition",
                        choosing(Choice.between(rule("true and"), rule("true").next("No"))
                                .otherwise("No")),
                        "States.First.Choices[0].Condition: 'true and' is not JSONata: "
                                + "unexpected end of expression (at character 8)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void problemIsReportedWhereItIs(String sentence, StateMachine broken, List<String> problems) {
        assertEquals(problems, problems(broken));
    }

    @Test
    void functionsOfStepFunctionsAreKnown() {
        assertEquals(
                List.of(),
                problems(output("[$parse('{}'), $partition([1, 2], 1), $range(0, 9, 3), "
                        + "$hash('a', 'SHA-256'), $random(7), $uuid()]")));
    }

    @Test
    void textThatOnlyMentionsADelimiterIsAText() {
        assertEquals(List.of(), problems(alone(Succeed.create().output("100 {% or less %} of it"))));
    }
}
