package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A state machine's JSON, and the variables that each state can still read.
 *
 * <p>Variables that no reachable state reads are removed, so that executions that differ only in these are one state of
 * the model.
 */
final class ExecutableDefinition {
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_]\\w*)");
    private static final Set<String> PASSING_INPUT = Set.of("Choice", "Pass", "Wait", "Succeed");

    private final JsonNode root;
    private final Map<String, Set<String>> variables = new HashMap<>();
    private final Map<String, Set<String>> ownVariables = new HashMap<>();
    private final Map<String, Boolean> inputs = new HashMap<>();

    ExecutableDefinition(JsonNode root) {
        this.root = root;
    }

    /** A scope is the JSON pointer of an object with {@code StartAt} and {@code States}. */
    String startOf(String scope) {
        return root.at(scope).path("StartAt").asText();
    }

    JsonNode state(String scope, String name) {
        var state = root.at(scope).path("States").path(name);
        if (state.isMissingNode()) {
            throw new IllegalStateException("no state '" + name + "' in scope '" + scope + "'");
        }
        return state;
    }

    static String branch(String scope, String state, int index) {
        return scope + "/States/" + state + "/Branches/" + index;
    }

    static String iteration(String scope, String state) {
        return scope + "/States/" + state + "/ItemProcessor";
    }

    boolean mentions(String text) {
        return root.toString().contains(text);
    }

    /** The variables that a state or a later state reads. */
    Set<String> variablesFrom(String scope, String name) {
        return variables.computeIfAbsent(scope + ">" + name, key -> {
            var names = new TreeSet<String>();
            reachable(scope, name).forEach(reached -> names.addAll(variablesIn(scope, reached)));
            return names;
        });
    }

    /** The variables that a state or its nested states read. */
    Set<String> variablesIn(String scope, String name) {
        return ownVariables.computeIfAbsent(scope + ">" + name, key -> {
            var names = new TreeSet<String>();
            var text = state(scope, name).toString();
            VARIABLE.matcher(text).results().forEach(match -> names.add(match.group(1)));
            return names;
        });
    }

    /** Whether a state's input is read, by the state or by those that it passes it to. */
    boolean readsInput(String scope, String name) {
        var key = scope + ">" + name;
        var known = inputs.putIfAbsent(key, false);
        if (known != null) {
            return known;
        }
        boolean reads = decideInput(scope, name);
        inputs.put(key, reads);
        return reads;
    }

    private boolean decideInput(String scope, String name) {
        var state = state(scope, name);
        var type = state.path("Type").asText();
        if (state.toString().contains("$states.input")) {
            return true;
        }
        if (PASSING_INPUT.contains(type)) {
            var next = successors(state);
            return !state.has("Output")
                    && (next.isEmpty() || next.stream().anyMatch(following -> readsInput(scope, following)));
        }
        if (type.equals("Parallel") && !state.has("Arguments")) {
            for (int i = 0; i < state.path("Branches").size(); i++) {
                var branch = branch(scope, name, i);
                if (readsInput(branch, startOf(branch))) {
                    return true;
                }
            }
        }
        return type.equals("Map") && !state.has("Items") || type.equals("Task") && !state.has("Arguments");
    }

    private Set<String> reachable(String scope, String name) {
        var reached = new TreeSet<>(Set.of(name));
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (var next : successors(state(scope, open.poll()))) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    private static List<String> successors(JsonNode state) {
        var names = new ArrayList<String>();
        for (var field : List.of("Next", "Default")) {
            if (state.has(field)) {
                names.add(state.path(field).asText());
            }
        }
        for (var field : List.of("Choices", "Catch")) {
            state.path(field).forEach(rule -> names.add(rule.path("Next").asText()));
        }
        return names;
    }
}
