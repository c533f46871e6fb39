package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.asl.StateGraph;
import dataprep.asl.Transition;
import dataprep.cli.run.Visits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The states of a definition and the transitions between them, as the report draws them.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
record DefinitionGraph(List<State> states, List<Arrow> arrows) {

    /**
     * A state with those inside it.
     *
     * @param caption the service integration that a task calls, or the state's type
     */
    record State(String name, String type, String caption, DefinitionGraph inside) {}

    /** @param label the condition of a choice, the errors of a catch */
    record Arrow(String from, String to, boolean isCatch, String label) {
        private static Arrow of(String from, Transition transition) {
            var isCatch = transition.kind() == Transition.Kind.CATCH;
            return new Arrow(from, transition.target(), isCatch, transition.label());
        }
    }

    static DefinitionGraph of(JsonNode scope) {
        var states = new ArrayList<State>();
        var arrows = new ArrayList<Arrow>();
        add(scope, states, arrows);
        return new DefinitionGraph(states, arrows);
    }

    /** The part that a run entered, with the next states if nothing fails. */
    DefinitionGraph around(Visits.Found visits) {
        var reached = visits.states();
        var included = new HashSet<>(reached);
        addNext(reached, included);
        return only(included, visits);
    }

    /** The number of states, including nested ones. */
    int size() {
        return states.stream().mapToInt(state -> 1 + state.inside().size()).sum();
    }

    private void addNext(Set<String> reached, Set<String> included) {
        arrows.stream()
                .filter(arrow -> !arrow.isCatch() && reached.contains(arrow.from()))
                .forEach(arrow -> included.add(arrow.to()));
        states.forEach(state -> state.inside().addNext(reached, included));
    }

    private DefinitionGraph only(Set<String> included, Visits.Found visits) {
        return new DefinitionGraph(
                states.stream()
                        .filter(state -> included.contains(state.name()))
                        .map(state -> new State(
                                state.name(),
                                state.type(),
                                state.caption(),
                                state.inside().only(included, visits)))
                        .toList(),
                arrows.stream()
                        .filter(arrow -> included.contains(arrow.from()) && included.contains(arrow.to()))
                        .filter(arrow -> !arrow.isCatch() || visits.took(arrow.from(), arrow.to(), arrow.isCatch()))
                        .toList());
    }

    private static void add(JsonNode scope, List<State> states, List<Arrow> arrows) {
        scope.path("States").properties().forEach(entry -> states.add(state(entry.getKey(), entry.getValue())));
        StateGraph.parse(scope)
                .transitions()
                .forEach((from, transitions) -> transitions.stream()
                        .filter(transition -> !transition.ends())
                        .forEach(transition -> arrows.add(Arrow.of(from, transition))));
    }

    private static State state(String name, JsonNode state) {
        var states = new ArrayList<State>();
        var arrows = new ArrayList<Arrow>();
        add(state.path("ItemProcessor"), states, arrows);
        state.path("Branches").forEach(branch -> add(branch, states, arrows));
        var type = state.path("Type").asText();
        return new State(name, type, caption(type, state), new DefinitionGraph(states, arrows));
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
}
