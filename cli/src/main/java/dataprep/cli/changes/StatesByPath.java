package dataprep.cli.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A state machine's definition as a map of states.
 *
 * @param states each state without the states inside it, by its path of names from the outermost state
 */
record StatesByPath(Map<String, JsonNode> states) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String SEPARATOR = " / ";
    /** The key of the state machine's own fields, such as Comment and TimeoutSeconds. */
    static final String MACHINE = "";

    enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** @param differences of a state that has changed */
    record StateChange(String path, Kind kind, List<JsonDiff.Difference> differences) {
        String name() {
            return path.substring(
                    path.lastIndexOf(SEPARATOR) < 0 ? 0 : path.lastIndexOf(SEPARATOR) + SEPARATOR.length());
        }
    }

    /** @param json Amazon States Language; an empty text is a machine without states */
    static StatesByPath of(String json) {
        var states = new LinkedHashMap<String, JsonNode>();
        try {
            collect(json.isEmpty() ? JSON.createObjectNode() : JSON.readTree(json), MACHINE, states);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the definition of the state machine is not JSON", e);
        }
        return new StatesByPath(states);
    }

    /** The changes from this definition to another, in the order of the new one. */
    List<StateChange> changesTo(StatesByPath after) {
        var paths = new LinkedHashSet<>(after.states.keySet());
        paths.addAll(states.keySet());
        var changes = new ArrayList<StateChange>();
        for (var path : paths) {
            var old = states.get(path);
            var current = after.states.get(path);
            if (old == null) {
                changes.add(new StateChange(path, Kind.ADDED, List.of()));
            } else if (current == null) {
                changes.add(new StateChange(path, Kind.REMOVED, List.of()));
            } else if (!old.equals(current)) {
                changes.add(new StateChange(path, Kind.CHANGED, JsonDiff.differences(old, current)));
            }
        }
        return changes;
    }

    private static void collect(JsonNode scope, String path, Map<String, JsonNode> states) {
        if (path.isEmpty()) {
            states.put(MACHINE, without(scope, "States"));
        }
        scope.path("States").properties().forEach(entry -> {
            var inside = path.isEmpty() ? entry.getKey() : path + SEPARATOR + entry.getKey();
            var state = entry.getValue();
            states.put(inside, without(state, "Branches", "ItemProcessor"));
            collect(state.path("ItemProcessor"), inside, states);
            state.path("Branches").forEach(branch -> collect(branch, inside, states));
        });
    }

    private static ObjectNode without(JsonNode node, String... fields) {
        ObjectNode copy = node.deepCopy();
        return copy.remove(List.of(fields));
    }
}
