package dataprep.asl.validation;

import dataprep.asl.Branch;
import dataprep.asl.Choice;
import dataprep.asl.LocatedState;
import dataprep.asl.Parallel;
import dataprep.asl.Scope;
import dataprep.asl.State;
import dataprep.asl.StateGraph;
import dataprep.asl.StateMachine;
import dataprep.asl.Transition;
import java.util.HashMap;
import java.util.Map;

/** Checks the states' names and transitions, and that each state is reachable and has a path to an end. */
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
                    "name has %d characters; must have 1 to %d",
                    name.strip().length(),
                    MAX_NAME_LENGTH);
        }
        String first = pathsByName.putIfAbsent(name, path);
        if (first != null) {
            problems.add(path, "name '%s' is already used by %s; names must be unique in a definition", name, first);
        }
        if (located.state() instanceof Choice choice && choice.rules().isEmpty()) {
            problems.add(path + ".Choices", "is empty; a Choice must have at least one rule");
        }
        if (located.state() instanceof Parallel parallel && parallel.branches().isEmpty()) {
            problems.add(path + ".Branches", "is empty; a Parallel must have at least one branch");
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
                            ? "is missing; a Choice must have a default state"
                            : "is missing; must name a state, or the state must have End");
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
                problems.add(path, "is unreachable: no path to it from '%s'", start);
            } else if (graph.shortestPath(name, state -> leaves(state, states), transition -> true)
                    .isEmpty()) {
                problems.add(path, "has no path to an end, which is a Succeed, a Fail or a state with End");
            }
        }
    }

    /** Whether a state ends its scope, or has a transition to an unknown state, which is reported separately. */
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
