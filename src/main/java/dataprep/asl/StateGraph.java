package dataprep.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The states of one scope and the transitions between them.
 *
 * @param startAt the name of the first state
 * @param transitions of each state, by its name
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
public record StateGraph(String startAt, Map<String, List<Transition>> transitions) {

    /** Builds the graph of typed states. */
    public static StateGraph of(Branch branch) {
        Map<String, List<Transition>> transitions = new LinkedHashMap<>();
        branch.states().forEach((name, state) -> transitions.put(name, state.transitions()));
        return new StateGraph(branch.startAt(), transitions);
    }

    /** Builds the graph from a definition's JSON: a state machine, an item processor or a branch. */
    public static StateGraph parse(JsonNode scope) {
        Map<String, List<Transition>> transitions = new LinkedHashMap<>();
        scope.path("States").properties().forEach(state -> transitions.put(state.getKey(), parsed(state.getValue())));
        return new StateGraph(scope.path("StartAt").asText(), transitions);
    }

    /**
     * The states on the shortest path to a state that matches, along the allowed transitions; empty if there is none.
     */
    public List<String> shortestPath(String from, Predicate<String> goal, Predicate<Transition> allowed) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        if (transitions.containsKey(from)) {
            cameFrom.put(from, null);
            open.add(from);
        }
        while (!open.isEmpty()) {
            String here = open.remove();
            if (goal.test(here)) {
                return traced(here, cameFrom);
            }
            for (Transition transition : transitions.get(here)) {
                boolean isNew =
                        transitions.containsKey(transition.target()) && !cameFrom.containsKey(transition.target());
                if (isNew && allowed.test(transition)) {
                    cameFrom.put(transition.target(), here);
                    open.add(transition.target());
                }
            }
        }
        return List.of();
    }

    /**
     * The states on the longest path from the start to an end, along the allowed transitions, each state once; empty if
     * there is none.
     */
    public List<String> longestPath(Predicate<Transition> allowed) {
        return longest(startAt, allowed, new HashSet<>());
    }

    /** The greatest sum of weights of the states on a path from the start, each state once. */
    public long greatestWeight(ToLongFunction<String> weight) {
        return greatest(startAt, weight, new HashSet<>());
    }

    private List<String> longest(String name, Predicate<Transition> allowed, Set<String> visited) {
        if (!transitions.containsKey(name) || !visited.add(name)) {
            return List.of();
        }
        boolean ends = false;
        List<String> rest = List.of();
        for (Transition transition : transitions.get(name)) {
            if (allowed.test(transition)) {
                ends |= transition.ends();
                List<String> found = longest(transition.target(), allowed, visited);
                rest = found.size() > rest.size() ? found : rest;
            }
        }
        visited.remove(name);
        if (rest.isEmpty() && !ends) {
            return List.of();
        }
        List<String> path = new ArrayList<>(List.of(name));
        path.addAll(rest);
        return path;
    }

    private long greatest(String name, ToLongFunction<String> weight, Set<String> visited) {
        if (!transitions.containsKey(name) || !visited.add(name)) {
            return 0;
        }
        long rest = transitions.get(name).stream()
                .mapToLong(transition -> greatest(transition.target(), weight, visited))
                .max()
                .orElse(0);
        visited.remove(name);
        return weight.applyAsLong(name) + rest;
    }

    private static List<String> traced(String end, Map<String, String> cameFrom) {
        LinkedList<String> path = new LinkedList<>();
        for (String state = end; state != null; state = cameFrom.get(state)) {
            path.addFirst(state);
        }
        return List.copyOf(path);
    }

    private static List<Transition> parsed(JsonNode state) {
        List<Transition> found = new ArrayList<>();
        add(found, "Next", state.path("Next"), Transition.Kind.NEXT, "");
        for (int i = 0; i < state.path("Choices").size(); i++) {
            JsonNode rule = state.path("Choices").get(i);
            String condition = rule.path("Condition").asText();
            add(found, "Choices[" + i + "].Next", rule.path("Next"), Transition.Kind.CHOICE, condition);
        }
        add(found, "Default", state.path("Default"), Transition.Kind.CHOICE, "otherwise");
        for (int i = 0; i < state.path("Catch").size(); i++) {
            JsonNode catcher = state.path("Catch").get(i);
            List<String> errors = new ArrayList<>();
            catcher.path("ErrorEquals").forEach(error -> errors.add(error.asText()));
            String label = String.join(", ", errors);
            add(found, "Catch[" + i + "].Next", catcher.path("Next"), Transition.Kind.CATCH, label);
        }
        String type = state.path("Type").asText();
        if (state.path("End").asBoolean() || type.equals("Succeed") || type.equals("Fail")) {
            found.add(Transition.TO_END);
        }
        return found;
    }

    private static void add(List<Transition> found, String field, JsonNode to, Transition.Kind kind, String label) {
        if (to.isTextual()) {
            found.add(new Transition(field, to.asText(), kind, label, Set.of()));
        }
    }
}
