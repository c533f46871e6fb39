package dataprep.failures;

import dataprep.asl.Fail;
import dataprep.asl.LocatedState;
import dataprep.asl.State;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.asl.Transition;
import dataprep.failures.FailureRow.Notification;
import dataprep.failures.FailureRow.Published;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The faults of a definition's tasks and their effects, derived from the definition. */
public final class FailureMatrix {
    private final StateMachine machine;
    private final Map<String, State> states;
    private final String commit;
    private final String redriven;

    /**
     * @param commit the name of the state that makes a run the current one
     * @param redriven the label of transitions that only a redrive takes
     */
    public FailureMatrix(StateMachine machine, String commit, String redriven) {
        this.machine = machine;
        this.states = machine.branch().states();
        this.commit = commit;
        this.redriven = redriven;
    }

    /** One row for each task and each fault of its service, in the definition's order. */
    public List<FailureRow> rows() {
        return tasks().stream()
                .flatMap(task -> ServiceFaults.of((Task) task.state()).stream()
                        .filter(fault -> !fault.equals(Fault.unreadable()) || parses(task))
                        .map(fault -> row(task, fault)))
                .toList();
    }

    /**
     * The tasks whose failures lead an execution to this task, on the path with the fewest of them.
     *
     * @param visited the states, at any depth, that a successful execution enters
     * @return empty for a task in one of these, and for a task that needs other data
     */
    public List<LocatedState> failuresBefore(LocatedState task, Set<String> visited) {
        var failing = new HashMap<String, List<String>>();
        var next = new ArrayDeque<String>();
        states.keySet().stream().filter(visited::contains).forEach(name -> {
            failing.put(name, List.of());
            next.add(name);
        });
        while (!next.isEmpty()) {
            var here = next.remove();
            for (var transition : states.get(here).transitions()) {
                var caught = transition.kind() == Transition.Kind.CATCH;
                var before = new ArrayList<>(failing.get(here));
                if (caught) {
                    before.add(here);
                }
                var known = failing.get(transition.target());
                var isOpen = caught || !visited.contains(here);
                if (isOpen
                        && transition.target() != null
                        && !transition.label().equals(redriven)
                        && (known == null || before.size() < known.size())) {
                    failing.put(transition.target(), before);
                    next.add(transition.target());
                }
            }
        }
        return failing.getOrDefault(top(task), List.of()).stream()
                .map(top -> aTaskOf(top, visited))
                .toList();
    }

    /** The last task of a state that such an execution reaches, or the last task of a state that it does not enter. */
    private LocatedState aTaskOf(String top, Set<String> visited) {
        return tasks().stream()
                .filter(task -> top(task).equals(top))
                .filter(task -> visited.contains(task.name()) || !visited.contains(top))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** The tasks at any depth. */
    public List<LocatedState> tasks() {
        return machine.everyState().stream()
                .filter(located -> located.state() instanceof Task)
                .toList();
    }

    private FailureRow row(LocatedState task, Fault fault) {
        var top = top(task);
        if (fault.error().isEmpty()) {
            // the task succeeds, and later states detect the fault
            return new FailureRow(task, fault, 0, "", Set.of(), published(top), Notification.TOPIC);
        }
        var error = fault.error().get();
        var retries = task.state().errorHandling().attemptsAfter(error);
        var catching = catching(task, error);
        if (catching.isEmpty()) {
            return new FailureRow(task, fault, retries, "", Set.of(), published(top), Notification.EVENT);
        }
        var target = states.containsKey(catching.get().name())
                ? catching.get()
                        .state()
                        .errorHandling()
                        .catcherFor(error)
                        .orElseThrow()
                        .target()
                : after(top);
        var continues = reached(target, (from, transition) -> transition.kind() != Transition.Kind.CATCH)
                .contains(commit);
        return new FailureRow(
                task,
                fault,
                retries,
                catching.get().name(),
                endsAfter(target),
                continues ? Published.EITHER : published(top),
                notification(task, fault, target));
    }

    /** The next state of a state that succeeds, for example because a nested state has caught an error. */
    private String after(String top) {
        return states.get(top).transitions().stream()
                .filter(transition -> transition.kind() != Transition.Kind.CATCH)
                .map(Transition::target)
                .findFirst()
                .orElseThrow();
    }

    private Notification notification(LocatedState task, Fault fault, String target) {
        if (publishes(task.state())) {
            var reportsFailure = endsAfter(target).stream().allMatch(this::fails);
            return fault.mayHaveHappened()
                    ? reportsFailure ? Notification.AT_LEAST_ONCE : Notification.PERHAPS
                    : reportsFailure ? Notification.EVENT : Notification.NONE;
        }
        var hasNoMessage = reached(target, (from, transition) -> !publishes(states.get(from))).stream()
                .anyMatch(this::fails);
        var fails = reached(target, (from, transition) -> true).stream().anyMatch(this::fails);
        return fails && !hasNoMessage ? Notification.TOPIC : Notification.NONE;
    }

    /** The innermost state that catches the error: the task or a state around it. */
    private Optional<LocatedState> catching(LocatedState task, String error) {
        return machine.everyState().stream()
                .filter(located ->
                        located.path().equals(task.path()) || task.around().contains(located.state()))
                .filter(located ->
                        located.state().errorHandling().catcherFor(error).isPresent())
                .max((one, other) ->
                        Integer.compare(one.path().length(), other.path().length()));
    }

    private Published published(String top) {
        var whileUncommitted = reached(
                machine.branch().startAt(),
                (from, transition) -> !from.equals(commit) || transition.kind() == Transition.Kind.CATCH);
        if (!whileUncommitted.contains(top)) {
            return Published.THIS;
        }
        return reached(commit, (from, transition) -> true).contains(top) ? Published.EITHER : Published.BEFORE;
    }

    private Set<String> endsAfter(String from) {
        return reached(from, (state, transition) -> transition.kind() != Transition.Kind.CATCH).stream()
                .filter(name -> ends(states.get(name)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The states that are reachable by the open transitions. */
    private Set<String> reached(String start, BiPredicate<String, Transition> open) {
        var seen = new LinkedHashSet<String>();
        var next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            var here = next.remove();
            if (seen.add(here)) {
                states.get(here).transitions().stream()
                        .filter(transition -> transition.target() != null
                                && !transition.label().equals(redriven))
                        .filter(transition -> open.test(here, transition))
                        .forEach(transition -> next.add(transition.target()));
            }
        }
        return seen;
    }

    /** The name of the outermost state that contains a state. */
    private String top(LocatedState task) {
        var outermost = Stream.concat(task.around().stream(), Stream.of(task.state()))
                .findFirst()
                .orElseThrow();
        return states.entrySet().stream()
                .filter(entry -> entry.getValue().equals(outermost))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private boolean fails(String name) {
        return states.get(name) instanceof Fail;
    }

    private static boolean publishes(State state) {
        return state instanceof Task task && task.caption().equals("sns:publish");
    }

    private static boolean ends(State state) {
        return state instanceof Succeed || state instanceof Fail;
    }

    /** Whether the task parses its result as JSON. */
    private static boolean parses(LocatedState task) {
        return task.state().fields().stream()
                .anyMatch(field -> field.value().toString().contains("$parse($states.result.Body)"));
    }
}
