package dataprep.asl;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The variables that the states of one scope can see.
 *
 * <p>A variable is unassigned at a state exactly if some way from the start leads there without assigning it. What a
 * state assigns counts for the way by which it is left; all its expressions see the values from before.
 *
 * @param names those assigned in this scope or around it
 * @param wayIn a way into this scope that does not assign the variable, if there is one
 */
record Variables(Branch branch, Set<String> names, Function<String, Optional<List<String>>> wayIn) {

    static Variables of(StateMachine machine) {
        return of(machine.branch(), Set.of(), variable -> Optional.of(List.of()));
    }

    /** The variables of a scope inside a state of this one. */
    Variables inside(String state, Branch inner) {
        return of(inner, names, variable -> wayWithout(variable, state));
    }

    private static Variables of(Branch branch, Set<String> outer, Function<String, Optional<List<String>>> wayIn) {
        Set<String> names = new HashSet<>(outer);
        branch.entries().stream()
                .flatMap(entry -> entry.state().transitions().stream())
                .forEach(transition -> names.addAll(transition.assigned()));
        return new Variables(branch, names, wayIn);
    }

    /** What is wrong with reading a variable in a state. */
    Optional<String> fault(String variable, String state) {
        if (names.contains(variable)) {
            return wayWithout(variable, state)
                    .map(way -> "variable $" + variable + " is read before it is assigned, on the way "
                            + String.join(" -> ", way));
        }
        // A built-in function may be handed on by its name, as in $map(list, $uppercase).
        return Functions.NAMES.contains(variable)
                ? Optional.empty()
                : Optional.of("variable $" + variable + " is assigned neither in this scope nor around it");
    }

    /** A way from the start to a state on which nothing assigns the variable. */
    private Optional<List<String>> wayWithout(String variable, String state) {
        List<String> inside = new StateGraph(branch.states())
                .shortest(
                        branch.startAt(),
                        state::equals,
                        transition -> !transition.assigned().contains(variable));
        return inside.isEmpty()
                ? Optional.empty()
                : wayIn.apply(variable)
                        .map(outside ->
                                Stream.of(outside, inside).flatMap(List::stream).toList());
    }
}
