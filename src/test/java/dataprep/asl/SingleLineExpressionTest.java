package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.asl.validation.JsonataAst;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each · becomes one space, whatever white space is in the source. */
class SingleLineExpressionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$a·+·1",
                "(·$a·:=·1;·$a·)",
                "{'a  b':·\"c /* d */\",·\"it's\":·'a \"  \"'}",
                "'\\\\'·&·'  '",
                "\"\\\"  /* \"·&·1",
                "$states.input.`a  'b`·&·'  '",
                "$match($a,·/[/ ]  x'/i)·~>·$count",
                "$replace($a,·/\\/  (a|  b)/,·'')·&·'  '",
                "$contains('a',·/\\(  /)·and·$contains('b',·/'  /)",
                "$a·/·2·&·'a / b  c'·&·4·/·2",
                "($a)·/·2·&·'/  /'",
                "[1][0]·/·2·&·'/  /'",
                "{'a':·1}.a·/·2·&·'/  /'",
                "$x.*·/·2·&·'/  /'",
                "$x.**·/·2·&·'/  /'",
                "$x.a.(%.b·/·2)·&·'/  /'",
                "$x.in·/·2·&·'/  /'",
                "1·in·[1]·and·$x·/·2·=·'/  /'",
                "$map([1],·function($v,·$i)·{·$v·/·$i·})",
                "$x·?·1·:·2",
                "-·1·/·2",
                "$x[a·/·2·>·1]^(>b,·<c)",
                "[1·..·3]",
            })
    void whiteSpaceAndCommentsBecomeOneSpaceOutsideLiterals(String tokens) throws Exception {
        String expected = tokens.replace('·', ' ');
        for (String separator : new String[] {" ", "\n", "\r\n\t  ", " /* it's */ ", "\n/* \"a */\n/**/ "}) {
            String written = SingleLineExpression.of(tokens.replace("·", separator));
            assertEquals(expected, written);
            assertEquals(tree(tokens.replace("·", separator)), tree(written));
        }
    }

    @Test
    void surroundingWhiteSpaceIsLeftOut() {
        assertEquals("{% $a %}", Jsonata.of("\n  $a /* b */\n").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a\n  b'", "`a\n  b`", "$match($a, /a\n  b/)"})
    void literalsWithLineBreaksAreNotChanged(String expression) {
        assertEquals(expression, SingleLineExpression.of(expression));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'a", "\"a\\", "`a", "$a /* b", "$match($a, /b", "$match($a, /b\\", "/*/"})
    void literalsAndCommentsWithoutAnEndAreLeftToTheParserToReport(String malformed) {
        assertThrows(JsonataAst.Malformed.class, () -> JsonataAst.parse(malformed));
        assertEquals(malformed, SingleLineExpression.of(malformed));
    }

    private static JsonNode tree(String expression) throws JsonataAst.Malformed {
        return withoutPositions(JsonataAst.parse(expression));
    }

    private static JsonNode withoutPositions(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("position");
        }
        node.forEach(SingleLineExpressionTest::withoutPositions);
        return node;
    }
}
