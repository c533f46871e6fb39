package dataprep.publication;

import com.dashjoin.jsonata.Jsonata.JFunction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.asl.Expressions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The values that a state's expressions can read. */
record Bindings(ExecutableDefinition definition) {

    Map<String, Object> of(Frame frame, ObjectNode context) {
        return of(frame, context, JsonNodeFactory.instance.objectNode());
    }

    /**
     * @param field of {@code $states} besides the input: result or errorOutput
     */
    Map<String, Object> of(Frame frame, ObjectNode context, String field, JsonNode value) {
        return of(frame, context, JsonNodeFactory.instance.objectNode().set(field, value));
    }

    private Map<String, Object> of(Frame frame, ObjectNode context, ObjectNode states) {
        var around = JsonNodeFactory.instance.objectNode();
        around.setAll(context);
        around.putObject("State").put("Name", frame.state).put("RetryCount", frame.tries);
        if (frame.map != null) {
            around.set("Map", frame.map);
        }
        states.set("input", frame.input);
        states.set("context", around);
        var bindings = new HashMap<String, Object>();
        bindings.put("states", Expressions.plain(states));
        for (var name : definition.variablesIn(frame.scope, frame.state)) {
            var value = frame.variables.get(name);
            if (value != null) {
                bindings.put(name, Expressions.plain(value));
            }
        }
        var now =
                Clock.during(frame.state, context.at("/Execution/RedriveCount").asInt(), frame.tries);
        bindings.put("now", new JFunction((self, given) -> now, "<s?s?:s>"));
        bindings.put("millis", new JFunction((self, given) -> Instant.parse(now).toEpochMilli(), "<:n>"));
        return bindings;
    }
}
