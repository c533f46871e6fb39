package dataprep.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Counts the states that a successful run enters: it takes the first rule of each Choice, every branch of a Parallel,
 * and a Map's states once for each item.
 */
final class SuccessfulRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SuccessfulRun() {}

    /** @param definition in the Amazon States Language */
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

    private static long transitions(JsonNode scope) {
        long count = 0;
        var states = scope.path("States");
        for (var name = scope.path("StartAt").asText(); states.has(name); name = next(states.path(name))) {
            var state = states.path(name);
            var inside = state.path("Items").isArray() ? state.path("Items").size() : 1;
            count += 1 + inside * transitions(state.path("ItemProcessor"));
            for (var branch : state.path("Branches")) {
                count += transitions(branch);
            }
        }
        return count;
    }

    /** Empty at the end. */
    private static String next(JsonNode state) {
        return state.path("Choices")
                .path(0)
                .path("Next")
                .asText(state.path("Next").asText());
    }

    private static JsonNode read(String definition) {
        try {
            return JSON.readTree(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the definition of the state machine is no JSON", e);
        }
    }
}
