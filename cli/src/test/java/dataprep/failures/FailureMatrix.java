package dataprep.failures;

import dataprep.asl.Edge;
import dataprep.asl.Fail;
import dataprep.asl.Located;
import dataprep.asl.State;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.failures.FailureRow.Published;
import dataprep.failures.FailureRow.Told;
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

/** All that can go wrong with a definition's tasks and what becomes of it, read off the definition. */
public final class FailureMatrix {
    private final StateMachine machine;
    private final Map<String, State> states;
    private final String commit;
    private final String redriven;

    /**
     * @param commit the name of the state that makes a run the current one
     * @param redriven the label of transitions that no failure leads to, but a redrive
     */
    public FailureMatrix(StateMachine machine, String commit, String redriven) {
        this.machine = machine;
        this.states = machine.branch().states();
        this.commit = commit;
        this.redriven = redriven;
    }

    /** A row for each task and each fault of its service, in the definition's order. */
    public List<FailureRow> rows() {
        return tasks().stream()
                .flatMap(task -> ServiceFaults.of((Task) task.state()).stream()
                        .filter(fault -> !fault.equals(Fault.unreadable()) || parses(task))
                        .map(fault -> row(task, fault)))
                .toList();
    }

    /**
     * The tasks whose failure leads an execution to this task, on the way with the fewest of them.
     *
     * @param visited the states, at any depth, that an execution enters in which nothing fails
     * @return empty for a task among these, and for one to which other data lead
     */
    public List<Located> failuresBefore(Located task, Set<String> visited) {
        var failing = new HashMap<String, List<String>>();
        var next = new ArrayDeque<String>();
        states.keySet().stream().filter(visited::contains).forEach(name -> {
            failing.put(name, List.of());
            next.add(name);
        });
        while (!next.isEmpty()) {
            var here = next.remove();
            for (var edge : states.get(here).edges()) {
                var caught = edge.kind() == Edge.Kind.CATCH;
                var before = new ArrayList<>(failing.get(here));
                if (caught) {
                    before.add(here);
                }
                var known = failing.get(edge.target());
                var isOpen = caught || !visited.contains(here);
                if (isOpen
                        && edge.target() != null
                        && !edge.label().equals(redriven)
                        && (known == null || before.size() < known.size())) {
                    failing.put(edge.target(), before);
                    next.add(edge.target());
                }
            }
        }
        return failing.getOrDefault(top(task), List.of()).stream()
                .map(top -> aTaskOf(top, visited))
                .toList();
    }

    /** The last task of a state that such an execution comes to, or the last one of a state that it does not enter. */
    private Located aTaskOf(String top, Set<String> visited) {
        return tasks().stream()
                .filter(task -> top(task).equals(top))
                .filter(task -> visited.contains(task.name()) || !visited.contains(top))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** The tasks at any depth. */
    public List<Located> tasks() {
        return machine.everyState().stream()
                .filter(located -> located.state() instanceof Task)
                .toList();
    }

    private FailureRow row(Located task, Fault fault) {
        var top = top(task);
        if (fault.error().isEmpty()) {
            // the task succeeds, and the states that follow notice
            return new FailureRow(task, fault, 0, "", Set.of(), published(top), Told.TOPIC);
        }
        var error = fault.error().get();
        var retries = task.state().recovery().attemptsAfter(error);
        var catching = catching(task, error);
        if (catching.isEmpty()) {
            return new FailureRow(task, fault, retries, "", Set.of(), published(top), Told.EVENT);
        }
        var target = states.containsKey(catching.get().name())
                ? catching.get().state().recovery().wayOf(error).orElseThrow().target()
                : after(top);
        var goesOn =
                reached(target, (from, edge) -> edge.kind() != Edge.Kind.CATCH).contains(commit);
        return new FailureRow(
                task,
                fault,
                retries,
                catching.get().name(),
                endsAfter(target),
                goesOn ? Published.EITHER : published(top),
                told(task, fault, target));
    }

    /** The state that follows where a state ends well, as it does when a state inside it has caught an error. */
    private String after(String top) {
        return states.get(top).edges().stream()
                .filter(edge -> edge.kind() != Edge.Kind.CATCH)
                .map(Edge::target)
                .findFirst()
                .orElseThrow();
    }

    private Told told(Located task, Fault fault, String target) {
        if (publishes(task.state())) {
            var reportsFailure = endsAfter(target).stream().allMatch(this::fails);
            return fault.mayHaveHappened()
                    ? reportsFailure ? Told.AT_LEAST_ONCE : Told.PERHAPS
                    : reportsFailure ? Told.EVENT : Told.NOBODY;
        }
        var untold = reached(target, (from, edge) -> !publishes(states.get(from))).stream()
                .anyMatch(this::fails);
        var fails = reached(target, (from, edge) -> true).stream().anyMatch(this::fails);
        return fails && !untold ? Told.TOPIC : Told.NOBODY;
    }

    /** The innermost state around a task, or itself, that catches the error. */
    private Optional<Located> catching(Located task, String error) {
        return machine.everyState().stream()
                .filter(located ->
                        located.path().equals(task.path()) || task.around().contains(located.state()))
                .filter(located -> located.state().recovery().wayOf(error).isPresent())
                .max((one, other) ->
                        Integer.compare(one.path().length(), other.path().length()));
    }

    private Published published(String top) {
        var whileUncommitted = reached(
                machine.branch().startAt(), (from, edge) -> !from.equals(commit) || edge.kind() == Edge.Kind.CATCH);
        if (!whileUncommitted.contains(top)) {
            return Published.THIS;
        }
        return reached(commit, (from, edge) -> true).contains(top) ? Published.EITHER : Published.BEFORE;
    }

    private Set<String> endsAfter(String from) {
        return reached(from, (state, edge) -> edge.kind() != Edge.Kind.CATCH).stream()
                .filter(name -> ends(states.get(name)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The states to which the open ways lead, each way given by the state that it leaves. */
    private Set<String> reached(String start, BiPredicate<String, Edge> open) {
        var seen = new LinkedHashSet<String>();
        var next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            var here = next.remove();
            if (seen.add(here)) {
                states.get(here).edges().stream()
                        .filter(edge -> edge.target() != null && !edge.label().equals(redriven))
                        .filter(edge -> open.test(here, edge))
                        .forEach(edge -> next.add(edge.target()));
            }
        }
        return seen;
    }

    /** The name of the outermost state that a state is in. */
    private String top(Located task) {
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

    /** Whether the task reads what it gets as JSON. */
    private static boolean parses(Located task) {
        return task.state().fields().stream()
                .anyMatch(field -> field.value().toString().contains("$parse($states.result.Body)"));
    }
}
