package dataprep.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;

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

    /** Evaluates with no variables and fields, for constants only. */
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

    /** Returns the template with each expression replaced by its value. */
    public JsonNode template(Payload template) {
        return new Expressions().template(template.toTree(), bindings());
    }

    /** The value of an expression. */
    public JsonNode expression(Jsonata expression) {
        return new Expressions().value(expression.expression(), bindings());
    }

    private HashMap<String, Object> bindings() {
        var bindings = new HashMap<String, Object>();
        bindings.put("states", Expressions.plain(states));
        variables.properties().forEach(entry -> bindings.put(entry.getKey(), Expressions.plain(entry.getValue())));
        return bindings;
    }
}
