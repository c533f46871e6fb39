package dataprep.cli.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.asl.StateGraph;
import dataprep.asl.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The longest path of a run on which no state fails and no state is entered twice.
 *
 * @param sources the addresses of the sources
 * @param workers of the job run, if the definition sets their number
 */
public record SuccessfulRun(List<String> sources, long stateTransitions, Optional<Integer> workers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static SuccessfulRun of(String definition) {
        var root = read(definition);
        var workers = root.at("/States/TransformData/Arguments/NumberOfWorkers");
        return new SuccessfulRun(
                sources(root), transitions(root), workers.isInt() ? Optional.of(workers.asInt()) : Optional.empty());
    }

    /**
     * The names of the states on the path, without those inside others.
     *
     * @param definition in the Amazon States Language
     */
    public static List<String> states(String definition) {
        return path(read(definition));
    }

    /** The addresses in the items of the first Map with constant items. */
    private static List<String> sources(JsonNode root) {
        var addresses = new ArrayList<String>();
        root.path("States").findValues("Items").stream()
                .filter(JsonNode::isArray)
                .findFirst()
                .ifPresent(items ->
                        items.forEach(item -> addresses.add(item.path("uri").asText())));
        return addresses;
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

    /** Counts the state transitions: every branch of a Parallel, and a Map's states once for each item. */
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
