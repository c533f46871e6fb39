package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonataTest {

    @Test
    void expressionIsWrittenBetweenDelimiters() {
        assertEquals("{% $states.input %}", Jsonata.of("$states.input").toString());
    }

    @Test
    void textIsPutTogetherFromLiteralsAndExpressions() {
        Jsonata text = Jsonata.text("s3://", "data", "/run_id=", Jsonata.of("$a ? $b : $c"), "/");

        assertEquals("'s3://' & 'data' & '/run_id=' & ($a ? $b : $c) & '/'", text.expression());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "it's",
                "\"quoted\"",
                "it's \"both\"",
                "back\\slash",
                "tab\tline\n",
                "é€😀",
                "a\u0001b"
            })
    void quotedTextIsReadBackAsItWas(String text) {
        assertEquals(
                text,
                Evaluate.onNothing().expression(Jsonata.of(Jsonata.quote(text))).textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% $x %}", "{% $x", "$x %}"})
    void expressionWithDelimitersIsRejected(String expression) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Jsonata.of(expression));

        assertEquals(
                "expression '" + expression + "' must be given without its delimiters {% %}", refused.getMessage());
    }
}
