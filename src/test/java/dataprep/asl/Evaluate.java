package dataprep.asl;

import com.dashjoin.jsonata.Jsonata.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/**
 * Evaluates expressions and templates of a definition on sample values, as Step Functions does.
 *
 * <p>{@code Evaluate.on("input", sample).and("context", context).variable("runId", "r1").template(arguments)}; a sample
 * is any tree that Jackson can write.
 */
public final class Evaluate {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ObjectNode states;
    private final ObjectNode variables;

    private Evaluate(ObjectNode states, ObjectNode variables) {
        this.states = states;
        this.variables = variables;
    }

    /** Nothing to read but constants. */
    public static Evaluate onNothing() {
        return new Evaluate(MAPPER.createObjectNode(), MAPPER.createObjectNode());
    }

    /** A field of {@code $states}: input, context, result or errorOutput. */
    public static Evaluate on(String field, Object sample) {
        return onNothing().and(field, sample);
    }

    /** A further field of {@code $states}. */
    public Evaluate and(String field, Object sample) {
        ObjectNode more = states.deepCopy();
        more.set(field, MAPPER.valueToTree(sample));
        return new Evaluate(more, variables);
    }

    /** A variable that an earlier state assigned. */
    public Evaluate variable(String name, Object sample) {
        ObjectNode more = variables.deepCopy();
        more.set(name, MAPPER.valueToTree(sample));
        return new Evaluate(states, more);
    }

    /** The template with the value of each of its expressions in its place. */
    public JsonNode template(Payload template) {
        return evaluated(template.toTree());
    }

    /** The value of an expression. */
    public JsonNode expression(Jsonata expression) {
        return value(expression.expression());
    }

    private JsonNode evaluated(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = MAPPER.createObjectNode();
            node.properties().forEach(entry -> object.set(entry.getKey(), evaluated(entry.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            node.forEach(element -> array.add(evaluated(element)));
            return array;
        }
        Expression expression = new Expression("", node.asText());
        return node.isTextual() && expression.isDelimited() ? value(expression.text()) : node;
    }

    private JsonNode value(String expression) {
        var jsonata = com.dashjoin.jsonata.Jsonata.jsonata(expression);
        jsonata.setOutputConvertNulls(false);
        Frame frame = jsonata.createFrame();
        frame.bind("states", plain(states));
        variables.properties().forEach(entry -> frame.bind(entry.getKey(), plain(entry.getValue())));
        StepFunctionsLibrary.bindTo(frame);
        Object value = jsonata.evaluate(null, frame);
        if (value == null) {
            throw new IllegalArgumentException("'" + expression + "' gives nothing, Step Functions wants a value");
        }
        return tree(value);
    }

    /** JSON as the evaluator takes it, which has an object of its own for null, as its null means nothing at all. */
    static Object plain(JsonNode node) {
        return node.isNull() ? com.dashjoin.jsonata.Jsonata.NULL_VALUE : MAPPER.convertValue(node, Object.class);
    }

    private static JsonNode tree(Object value) {
        if (value == null || value == com.dashjoin.jsonata.Jsonata.NULL_VALUE) {
            return NullNode.getInstance();
        }
        if (value instanceof java.util.Map<?, ?> fields) {
            ObjectNode object = MAPPER.createObjectNode();
            fields.forEach((name, field) -> object.set((String) name, tree(field)));
            return object;
        }
        if (value instanceof Collection<?> elements) {
            ArrayNode array = MAPPER.createArrayNode();
            elements.forEach(element -> array.add(tree(element)));
            return array;
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return MAPPER.valueToTree(value);
        }
        throw new IllegalArgumentException("a function is no JSON value: " + value);
    }
}
