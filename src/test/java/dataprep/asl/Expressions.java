package dataprep.asl;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Evaluates JSONata templates like Step Functions; caches parsed expressions; not thread-safe. */
public final class Expressions {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Map<String, com.dashjoin.jsonata.Jsonata> parsed = new HashMap<>();

    /** Thrown for an expression that fails with {@code States.QueryEvaluationError}. */
    public static final class EvaluationException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        EvaluationException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Returns the template with each expression replaced by its value.
     *
     * @param bindings values from {@link #plain}, or functions, by name without the dollar sign
     */
    public JsonNode template(JsonNode template, Map<String, ?> bindings) {
        if (template.isObject()) {
            ObjectNode object = MAPPER.createObjectNode();
            template.properties().forEach(entry -> object.set(entry.getKey(), template(entry.getValue(), bindings)));
            return object;
        }
        if (template.isArray()) {
            ArrayNode array = MAPPER.createArrayNode();
            template.forEach(element -> array.add(template(element, bindings)));
            return array;
        }
        String text = template.asText();
        boolean isExpression = template.isTextual()
                && text.length() >= Jsonata.OPENING.length() + Jsonata.CLOSING.length()
                && text.startsWith(Jsonata.OPENING)
                && text.endsWith(Jsonata.CLOSING);
        return isExpression ? value(withoutDelimiters(text), bindings) : template;
    }

    private static String withoutDelimiters(String text) {
        return text.substring(Jsonata.OPENING.length(), text.length() - Jsonata.CLOSING.length())
                .strip();
    }

    /** The value of an expression. */
    public JsonNode value(String expression, Map<String, ?> bindings) {
        var jsonata = parsed.computeIfAbsent(expression, Expressions::parse);
        Frame frame = jsonata.createFrame();
        StepFunctionsLibrary.bindTo(frame);
        bindings.forEach(frame::bind);
        Object value;
        try {
            value = jsonata.evaluate(null, frame);
        } catch (JException e) {
            throw new EvaluationException("'" + expression + "': " + e.getMessage(), e);
        }
        if (value == null) {
            throw new EvaluationException("'" + expression + "' has no result; Step Functions requires a value", null);
        }
        return tree(value);
    }

    /** JSON in the evaluator's form: it has a null object, because Java's null means undefined. */
    public static Object plain(JsonNode node) {
        return node.isNull() ? com.dashjoin.jsonata.Jsonata.NULL_VALUE : inside(node);
    }

    private static Object inside(JsonNode node) {
        if (node.isObject()) {
            var fields = new LinkedHashMap<String, Object>();
            node.properties().forEach(entry -> fields.put(entry.getKey(), inside(entry.getValue())));
            return fields;
        }
        if (node.isArray()) {
            var elements = new ArrayList<>(node.size());
            node.forEach(element -> elements.add(inside(element)));
            return elements;
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isTextual() ? node.textValue() : node.isBoolean() ? (Object) node.booleanValue() : null;
    }

    private static com.dashjoin.jsonata.Jsonata parse(String expression) {
        var jsonata = com.dashjoin.jsonata.Jsonata.jsonata(expression);
        jsonata.setOutputConvertNulls(false);
        return jsonata;
    }

    private static JsonNode tree(Object value) {
        if (value == null || value == com.dashjoin.jsonata.Jsonata.NULL_VALUE) {
            return NullNode.getInstance();
        }
        if (value instanceof Map<?, ?> fields) {
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
        throw new EvaluationException("a function is not a JSON value: " + value, null);
    }
}
