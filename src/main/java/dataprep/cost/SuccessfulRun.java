package dataprep.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Counts the states that a run enters on the longest way on which nothing fails, without going anywhere twice: every
 * branch of a Parallel, and a Map's states once for each item.
 */
final class SuccessfulRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NO_WAY = -1;

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
        return Math.max(0, longest(scope.path("States"), scope.path("StartAt").asText(), new HashSet<>()));
    }

    private static long longest(JsonNode states, String name, Set<String> visited) {
        var state = states.path(name);
        if (state.isMissingNode() || state.path("Type").asText().equals("Fail") || !visited.add(name)) {
            return NO_WAY;
        }
        var rest = next(state)
                .mapToLong(target -> longest(states, target, visited))
                .max();
        visited.remove(name);
        if (rest.isPresent() && rest.getAsLong() == NO_WAY) {
            return NO_WAY;
        }
        return 1 + inside(state) + rest.orElse(0);
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
