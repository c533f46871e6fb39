package dataprep.asl.validation;

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
 * <p>The parser returns its tree, but most fields of the nodes are package-private. Jackson reads them into the form
 * that the JavaScript implementation documents for its {@code ast()}: a node is an object with a {@code type}, a {@code
 * value} and children such as {@code steps}, {@code arguments}, {@code lhs} and {@code rhs}.
 */
public final class JsonataAst {

    private static final JsonMapper NODES = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.USE_DEFAULTS))
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private JsonataAst() {}

    /** Thrown for a text that is not a JSONata expression. */
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1;

        Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Parses an expression without its delimiters. */
    public static JsonNode parse(String expression) throws Malformed {
        try {
            return NODES.valueToTree(new Parser().parse(expression));
        } catch (JException e) {
            throw new Malformed(e.getMessage() + " (at character " + e.getLocation() + ")", e);
        } catch (RuntimeException e) {
            // The parser throws other exceptions for some errors, such as an unterminated regular expression.
            throw new Malformed("the parser failed with " + e, e);
        }
    }

    /** The type of the node, such as {@code variable}; empty for parts that are not nodes. */
    static String type(JsonNode node) {
        return node.path("type").asText();
    }

    /** The name of a variable, without its dollar sign, or of a field. */
    static String name(JsonNode node) {
        return node.path("value").asText();
    }

    /** Whether a condition was written as {@code ?:} or {@code ??}: it then contains the same operand twice. */
    static boolean isDefaultOperator(JsonNode condition) {
        JsonNode operand = condition.path("then");
        JsonNode tested = condition.path("condition");
        return operand.equals(tested) || operand.equals(tested.path("arguments").path(0));
    }
}
