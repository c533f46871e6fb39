package dataprep.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of a state machine and the ways between them, as its definition has them.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
record Definition(List<State> states, List<Way> ways) {

    /**
     * A state with those inside it.
     *
     * @param caption the service integration that a task calls, or the state's type
     */
    record State(String name, String type, String caption, Definition inside) {}

    /** @param label when the way is taken; of a catch the errors */
    record Way(String from, String to, boolean isCatch, String label) {}

    static Definition of(JsonNode scope) {
        var states = new ArrayList<State>();
        var ways = new ArrayList<Way>();
        add(scope, states, ways);
        return new Definition(states, ways);
    }

    private static void add(JsonNode scope, List<State> states, List<Way> ways) {
        scope.path("States").properties().forEach(entry -> {
            states.add(state(entry.getKey(), entry.getValue()));
            addWays(entry.getKey(), entry.getValue(), ways);
        });
    }

    private static State state(String name, JsonNode state) {
        var states = new ArrayList<State>();
        var ways = new ArrayList<Way>();
        add(state.path("ItemProcessor"), states, ways);
        state.path("Branches").forEach(branch -> add(branch, states, ways));
        var type = state.path("Type").asText();
        return new State(name, type, caption(type, state), new Definition(states, ways));
    }

    private static String caption(String type, JsonNode state) {
        var resource = state.path("Resource").asText();
        return switch (type) {
            case "Task" -> resource.substring(resource.indexOf(":::") + 3);
            case "Map" -> "for each item";
            case "Parallel" -> "at the same time";
            default -> type.toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static void addWays(String name, JsonNode state, List<Way> ways) {
        add(ways, name, state.path("Next"), false, "");
        for (var choice : state.path("Choices")) {
            add(ways, name, choice.path("Next"), false, choice.path("Condition").asText());
        }
        add(ways, name, state.path("Default"), false, "otherwise");
        for (var caught : state.path("Catch")) {
            var errors = new ArrayList<String>();
            caught.path("ErrorEquals").forEach(error -> errors.add(error.asText()));
            add(ways, name, caught.path("Next"), true, String.join(", ", errors));
        }
    }

    private static void add(List<Way> ways, String from, JsonNode to, boolean isCatch, String label) {
        if (to.isTextual()) {
            ways.add(new Way(from, to.asText(), isCatch, label));
        }
    }
}
