package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The states of a state machine and the ways between them, as its definition has them.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
record DefinitionGraph(List<State> states, List<Way> ways) {

    /**
     * A state with those inside it.
     *
     * @param caption the service integration that a task calls, or the state's type
     */
    record State(String name, String type, String caption, DefinitionGraph inside) {}

    /** @param label when the way is taken; of a catch the errors */
    record Way(String from, String to, boolean isCatch, String label) {}

    static DefinitionGraph of(JsonNode scope) {
        var states = new ArrayList<State>();
        var ways = new ArrayList<Way>();
        add(scope, states, ways);
        return new DefinitionGraph(states, ways);
    }

    /** The part of it that a run was in, with the states that could have come next if nothing fails. */
    DefinitionGraph around(Visits.Found visits) {
        var reached = visits.states();
        var kept = new HashSet<>(reached);
        addNext(reached, kept);
        return only(kept, visits);
    }

    /** How many states there are, those inside of others included. */
    int size() {
        return states.stream().mapToInt(state -> 1 + state.inside().size()).sum();
    }

    private void addNext(Set<String> reached, Set<String> kept) {
        ways.stream()
                .filter(way -> !way.isCatch() && reached.contains(way.from()))
                .forEach(way -> kept.add(way.to()));
        states.forEach(state -> state.inside().addNext(reached, kept));
    }

    private DefinitionGraph only(Set<String> kept, Visits.Found visits) {
        return new DefinitionGraph(
                states.stream()
                        .filter(state -> kept.contains(state.name()))
                        .map(state -> new State(
                                state.name(),
                                state.type(),
                                state.caption(),
                                state.inside().only(kept, visits)))
                        .toList(),
                ways.stream()
                        .filter(way -> kept.contains(way.from()) && kept.contains(way.to()))
                        .filter(way -> !way.isCatch() || visits.took(way))
                        .toList());
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
        return new State(name, type, caption(type, state), new DefinitionGraph(states, ways));
    }

    private static String caption(String type, JsonNode state) {
        var resource = state.path("Resource").asText();
        return switch (type) {
            case "Task" -> resource.substring(resource.indexOf(":::") + 3);
            case "Map" -> "for each item";
            case "Parallel" -> "at the same time";
            default -> type.toLowerCase(Locale.ROOT);
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
