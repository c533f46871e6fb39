package dataprep.cli.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.asl.StateGraph;
import dataprep.asl.Transition;
import java.util.List;

/** The longest path of a run on which no state fails and no state is entered twice. */
public final class SuccessfulRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SuccessfulRun() {}

    /**
     * The names of the states on the path, without those inside others.
     *
     * @param definition in the Amazon States Language
     */
    public static List<String> states(String definition) {
        return path(read(definition));
    }

    /** Counts the state transitions: every branch of a Parallel, and a Map's states once for each item. */
    static long stateTransitions(String definition) {
        return transitions(read(definition));
    }

    /** The number of items of the first Map with constant items: the sources. */
    static int items(String definition) {
        return read(definition).path("States").findValues("Items").stream()
                .filter(JsonNode::isArray)
                .mapToInt(JsonNode::size)
                .findFirst()
                .orElse(1);
    }

    private static List<String> path(JsonNode scope) {
        var states = scope.path("States");
        return StateGraph.parse(scope)
                .longestPath(transition -> transition.kind() != Transition.Kind.CATCH
                        && !states.path(transition.target())
                                .path("Type")
                                .asText()
                                .equals("Fail"));
    }

    private static long transitions(JsonNode scope) {
        return path(scope).stream()
                .mapToLong(name -> 1 + inside(scope.path("States").path(name)))
                .sum();
    }

    private static long inside(JsonNode state) {
        var items = state.path("Items").isArray() ? state.path("Items").size() : 1;
        var count = items * transitions(state.path("ItemProcessor"));
        for (var branch : state.path("Branches")) {
            count += transitions(branch);
        }
        return count;
    }

    private static JsonNode read(String definition) {
        try {
            return JSON.readTree(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the definition of the state machine is not JSON", e);
        }
    }
}
