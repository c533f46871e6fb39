package dataprep.asl.validation;

import dataprep.asl.Branch;
import dataprep.asl.StateGraph;
import dataprep.asl.StateMachine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The variables that the states of one scope can see.
 *
 * <p>A variable is unassigned at a state if and only if some path from the start leads there without assigning it. An
 * assignment belongs to the transition that leaves the state; the state's own expressions see the values from before.
 *
 * @param names those assigned in this scope or in an outer one
 * @param pathIn a path into this scope that does not assign the variable, if there is one
 */
record Variables(Branch branch, Set<String> names, Function<String, Optional<List<String>>> pathIn) {

    static Variables of(StateMachine machine) {
        return of(machine.branch(), Set.of(), variable -> Optional.of(List.of()));
    }

    /** The variables of a scope inside a state of this one. */
    Variables inside(String state, Branch inner) {
        return of(inner, names, variable -> pathWithout(variable, state));
    }

    private static Variables of(Branch branch, Set<String> outer, Function<String, Optional<List<String>>> pathIn) {
        Set<String> names = new HashSet<>(outer);
        branch.entries().stream()
                .flatMap(entry -> entry.state().transitions().stream())
                .forEach(transition -> names.addAll(transition.assigned()));
        return new Variables(branch, names, pathIn);
    }

    /** The reason why a variable cannot be read in a state. */
    Optional<String> fault(String variable, String state) {
        if (names.contains(variable)) {
            return pathWithout(variable, state)
                    .map(path -> "variable $" + variable + " is read before it is assigned, on the path "
                            + String.join(" -> ", path));
        }
        // A built-in function may be passed by its name, as in $map(list, $uppercase).
        return Functions.NAMES.contains(variable)
                ? Optional.empty()
                : Optional.of("variable $" + variable + " is not assigned in this scope or in an outer scope");
    }

    /** A path from the start to a state on which nothing assigns the variable. */
    private Optional<List<String>> pathWithout(String variable, String state) {
        List<String> inside = StateGraph.of(branch)
                .shortestPath(
                        branch.startAt(),
                        state::equals,
                        transition -> !transition.assigned().contains(variable));
        return inside.isEmpty()
                ? Optional.empty()
                : pathIn.apply(variable)
                        .map(outside ->
                                Stream.of(outside, inside).flatMap(List::stream).toList());
    }
}
