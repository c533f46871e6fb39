package dataprep.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Parser;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The syntax tree of a JSONata expression, as JSON.
 *
 * <p>The parser hands out its tree, but keeps most fields of the nodes to its own package. Jackson reads them all the
 * same, into the form that the JavaScript original documents for its {@code ast()}: a node is an object with a
 * {@code type}, a {@code value} and children such as {@code steps}, {@code arguments}, {@code lhs} and {@code rhs}.
 */
final class JsonataAst {

    private static final JsonMapper NODES = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.USE_DEFAULTS))
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private JsonataAst() {}

    /** Thrown for a text that is no JSONata expression. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static JsonNode parse(String expression) throws Malformed {
        try {
            return NODES.valueToTree(new Parser().parse(expression));
        } catch (JException e) {
            throw new Malformed(e.getMessage() + " (at character " + e.getLocation() + ")", e);
        } catch (RuntimeException e) {
            // What the parser trips over without noticing, such as a regular expression without an end.
            throw new Malformed("the parser fails with " + e, e);
        }
    }

    /** What kind of node it is, such as {@code variable}; empty for the parts of a node that are none themselves. */
    static String type(JsonNode node) {
        return node.path("type").asText();
    }

    /** The name of a variable, without its dollar sign, or of a field. */
    static String name(JsonNode node) {
        return node.path("value").asText();
    }

    /** Whether a condition was written {@code ?:} or {@code ??}: it then has one operand, position and all, twice. */
    static boolean isDefaultOperator(JsonNode condition) {
        JsonNode operand = condition.path("then");
        JsonNode tested = condition.path("condition");
        return operand.equals(tested) || operand.equals(tested.path("arguments").path(0));
    }
}
