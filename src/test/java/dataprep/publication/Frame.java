package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The position of an execution in one scope: in a state that waits for a call or for its branches, or at the scope's
 * end.
 */
final class Frame {
    final String scope;
    /** The item of the innermost enclosing Map, from {@code $states.context.Map}; null outside a Map. */
    final JsonNode map;

    final TreeMap<String, JsonNode> variables;
    String state;
    JsonNode input;
    /** The arguments of the call that the state waits for. */
    JsonNode call;
    /** The number of previous attempts of the call. */
    int tries;

    List<Frame> branches;
    StateFailure failure;
    JsonNode output;

    Frame(String scope, JsonNode map, Map<String, JsonNode> variables) {
        this.scope = scope;
        this.map = map;
        this.variables = new TreeMap<>(variables);
    }

    /** Values are shared and must not be modified. */
    Frame copy() {
        var copy = new Frame(scope, map, variables);
        copy.state = state;
        copy.input = input;
        copy.call = call;
        copy.tries = tries;
        copy.branches = branches == null
                ? null
                : new ArrayList<>(branches.stream().map(Frame::copy).toList());
        copy.failure = failure;
        copy.output = output;
        return copy;
    }

    boolean isWaiting() {
        return call != null || branches != null || hasEnded();
    }

    boolean hasEnded() {
        return failure != null || output != null;
    }

    void leaveState() {
        call = null;
        tries = 0;
        branches = null;
    }

    /** The key that distinguishes frames. */
    ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        if (output != null) {
            return json.set("output", output);
        }
        json.put("at", scope + ">" + state).set("input", input);
        var values = json.putObject("variables");
        variables.forEach(values::set);
        if (map != null) {
            json.set("map", map);
        }
        if (failure != null) {
            json.put("error", failure.error()).put("cause", failure.cause());
        }
        if (call != null) {
            json.put("tries", tries).set("call", call);
        }
        if (branches != null) {
            var array = json.putArray("branches");
            branches.forEach(branch -> array.add(branch.toJson()));
        }
        return json;
    }
}
