package dataprep.asl;

import java.util.HashMap;
import java.util.Map;

/** Checks that states have good names and lead to each other and to an end. */
final class StructureRules {

    private static final int MAX_NAME_LENGTH = 80;

    private final DefinitionProblems problems;
    private final Map<String, String> pathsByName = new HashMap<>();

    private StructureRules(DefinitionProblems problems) {
        this.problems = problems;
    }

    static void check(StateMachine machine, DefinitionProblems problems) {
        StructureRules rules = new StructureRules(problems);
        machine.everyState().forEach(rules::state);
        rules.branch("", machine.branch());
        for (LocatedState located : machine.everyState()) {
            for (Scope scope : located.state().scopes()) {
                rules.branch(located.path() + "." + scope.field() + ".", scope.branch());
            }
        }
    }

    private void state(LocatedState located) {
        String path = located.path();
        String name = located.name();
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
            problems.add(
                    path,
                    "name is %d characters long, 1 to %d are allowed",
                    name.strip().length(),
                    MAX_NAME_LENGTH);
        }
        String first = pathsByName.putIfAbsent(name, path);
        if (first != null) {
            problems.add(path, "name '%s' is taken by %s, a definition has each name once", name, first);
        }
        if (located.state() instanceof Choice choice && choice.rules().isEmpty()) {
            problems.add(path + ".Choices", "is empty, a Choice needs at least one rule");
        }
        if (located.state() instanceof Parallel parallel && parallel.branches().isEmpty()) {
            problems.add(path + ".Branches", "is empty, a Parallel needs at least one branch");
        }
    }

    private void branch(String prefix, Branch branch) {
        Map<String, State> states = branch.states();
        if (!states.containsKey(branch.startAt())) {
            unknown(prefix + "StartAt", branch.startAt(), states);
        }
        branch.entries()
                .forEach(entry -> entry.state().transitions().stream()
                        .filter(transition -> !transition.ends())
                        .forEach(transition -> target(
                                prefix + "States." + entry.name() + "." + transition.field(), transition, states)));
        paths(prefix, branch);
    }

    private void target(String path, Transition transition, Map<String, State> states) {
        if (transition.target() == null) {
            problems.add(
                    path,
                    transition.field().equals("Default")
                            ? "is missing, a Choice needs a state to go to if no rule holds"
                            : "is missing, it needs a state to go to or to be the end");
        } else if (!states.containsKey(transition.target())) {
            unknown(path, transition.target(), states);
        }
    }

    private void paths(String prefix, Branch branch) {
        StateGraph graph = StateGraph.of(branch);
        Map<String, State> states = branch.states();
        String start = branch.startAt();
        for (String name : states.keySet()) {
            String path = prefix + "States." + name;
            if (states.containsKey(start)
                    && graph.shortestPath(start, name::equals, transition -> true)
                            .isEmpty()) {
                problems.add(path, "is unreachable, no path leads here from '%s'", start);
            } else if (graph.shortestPath(name, state -> leaves(state, states), transition -> true)
                    .isEmpty()) {
                problems.add(path, "has no path to an end, which is a Succeed, a Fail or a state with End");
            }
        }
    }

    /** Whether a state ends its scope, or has a transition to an unknown state, which is reported by itself. */
    private static boolean leaves(String name, Map<String, State> states) {
        return states.get(name).transitions().stream()
                .anyMatch(transition -> transition.ends() || !states.containsKey(transition.target()));
    }

    private void unknown(String path, String target, Map<String, State> states) {
        problems.add(
                path,
                "invalid value '%s'; must be one of the states of its scope: %s",
                target,
                String.join(", ", states.keySet()));
    }
}
