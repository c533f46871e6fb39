package dataprep.cli.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The longest way of a run on which nothing fails and nothing is done twice. */
public final class SuccessfulRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SuccessfulRun() {}

    /**
     * The names of the states on the way, without those inside others.
     *
     * @param definition in the Amazon States Language
     */
    public static List<String> states(String definition) {
        return way(read(definition));
    }

    /** How many states are entered: every branch of a Parallel, and a Map's states once for each item. */
    static long stateTransitions(String definition) {
        return transitions(read(definition));
    }

    /** How many items the first Map with fixed items has: the sources. */
    static int items(String definition) {
        return read(definition).path("States").findValues("Items").stream()
                .filter(JsonNode::isArray)
                .mapToInt(JsonNode::size)
                .findFirst()
                .orElse(1);
    }

    private static List<String> way(JsonNode scope) {
        return longest(scope.path("States"), scope.path("StartAt").asText(), new HashSet<>());
    }

    /** Empty if there is no way from that state to an end. */
    private static List<String> longest(JsonNode states, String name, Set<String> visited) {
        var state = states.path(name);
        if (state.isMissingNode() || state.path("Type").asText().equals("Fail") || !visited.add(name)) {
            return List.of();
        }
        var targets = next(state).toList();
        List<String> rest = List.of();
        for (var target : targets) {
            var found = longest(states, target, visited);
            rest = found.size() > rest.size() ? found : rest;
        }
        visited.remove(name);
        if (rest.isEmpty() && !targets.isEmpty()) {
            return List.of();
        }
        var way = new ArrayList<>(List.of(name));
        way.addAll(rest);
        return way;
    }

    private static long transitions(JsonNode scope) {
        return way(scope).stream()
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

    /** Empty for a state that ends its scope. */
    private static Stream<String> next(JsonNode state) {
        return Stream.concat(
                        StreamSupport.stream(state.path("Choices").spliterator(), false)
                                .map(rule -> rule.path("Next")),
                        Stream.of(state.path("Next"), state.path("Default")))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .distinct();
    }

    private static JsonNode read(String definition) {
        try {
            return JSON.readTree(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the definition of the state machine is no JSON", e);
        }
    }
}
