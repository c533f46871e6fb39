package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.asl.Expressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The scopes of the machine, its branches and the iterations of a Map, each with a frame that starts in the first
 * state.
 */
record Scopes(ExecutableDefinition definition, Expressions expressions, Bindings bindings) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * @param visible the variables of the outer scopes
     */
    Frame open(String scope, JsonNode input, JsonNode map, Map<String, JsonNode> visible) {
        var frame = new Frame(scope, map, visible);
        enter(frame, definition.startOf(scope), input);
        return frame;
    }

    /** Enters a state and removes variables that no later state reads. */
    void enter(Frame frame, String state, JsonNode input) {
        frame.state = state;
        frame.input = definition.readsInput(frame.scope, state) ? input : JSON.objectNode();
        frame.variables.keySet().retainAll(definition.variablesFrom(frame.scope, state));
    }

    List<Frame> branches(Frame frame, JsonNode state, Map<String, Object> values) {
        var input = state.has("Arguments") ? expressions.template(state.path("Arguments"), values) : frame.input;
        var branches = new ArrayList<Frame>();
        for (int i = 0; i < state.path("Branches").size(); i++) {
            var scope = ExecutableDefinition.branch(frame.scope, frame.state, i);
            branches.add(open(scope, input, frame.map, frame.variables));
        }
        return branches;
    }

    /** Runs all items concurrently, without the concurrency limit. */
    List<Frame> iterations(Frame frame, JsonNode state, ObjectNode context, Map<String, Object> values) {
        var items = state.has("Items") ? expressions.template(state.path("Items"), values) : frame.input;
        var branches = new ArrayList<Frame>();
        for (int i = 0; i < items.size(); i++) {
            var map = JSON.objectNode();
            map.putObject("Item").put("Index", i).set("Value", items.get(i));
            var selecting = new Frame(frame.scope, map, frame.variables);
            selecting.state = frame.state;
            selecting.input = frame.input;
            var input = state.has("ItemSelector")
                    ? expressions.template(state.path("ItemSelector"), bindings.of(selecting, context))
                    : items.get(i);
            branches.add(open(ExecutableDefinition.iteration(frame.scope, frame.state), input, map, frame.variables));
        }
        return branches;
    }
}
