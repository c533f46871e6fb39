package dataprep.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Explores all states of a scenario breadth-first, so that the first violation has a shortest trace. */
final class Explorer {
    /**
     * What was found.
     *
     * @param violation the violated invariant, or empty
     * @param trace of events that leads to it
     */
    record Report(String scenario, int states, String violation, List<String> trace) {
        @Override
        public String toString() {
            var head = "%s: %,d states".formatted(scenario, states);
            if (violation.isEmpty()) {
                return head;
            }
            var lines = new ArrayList<>(List.of(head, "  violation: " + violation));
            for (int i = 0; i < trace.size(); i++) {
                lines.add("  %2d. %s".formatted(i + 1, trace.get(i)));
            }
            return String.join("\n", lines);
        }
    }

    private static final int MOST_STATES = 20_000_000;

    private final Scenario scenario;
    private final Simulator simulator;
    private final Transitions transitions;
    private final Invariants invariants;
    private final StateSet seen;
    private final Endings endings = new Endings();

    private Explorer(Scenario scenario) {
        this.scenario = scenario;
        this.simulator = new Simulator(scenario);
        this.transitions = new Transitions(simulator, scenario.budget().redrives() > 0);
        this.invariants = new Invariants(simulator);
        this.seen = new StateSet(World.width(scenario.runs().size()));
    }

    /** Explores until the first violation. */
    static Report explore(Scenario scenario) {
        return find(scenario, violation -> true, event -> true);
    }

    /**
     * Explores until the first violation of a kind, and not beyond violations of other kinds.
     *
     * @param events the allowed events, in the form of a trace
     */
    static Report find(Scenario scenario, Predicate<String> kind, Predicate<Supplier<String>> events) {
        return new Explorer(scenario).search(kind, events);
    }

    private Report search(Predicate<String> kind, Predicate<Supplier<String>> events) {
        var runs = scenario.runs().stream()
                .mapToInt(run -> simulator.executions.create(run.name(), run.input()))
                .toArray();
        seen.add(World.of(simulator.initialStore, runs, scenario.budget()).numbers(), -1);
        for (int i = 0; i < seen.size(); i++) {
            var world = new World(seen.get(i), runs.length);
            var violation = invariants.check(world);
            if (violation.isEmpty()) {
                expand(i, world, events);
            } else if (kind.test(violation)) {
                return new Report(scenario.toString(), seen.size(), violation, trace(i));
            }
            if (seen.size() > MOST_STATES) {
                throw new IllegalStateException(scenario.toString() + ": more than " + MOST_STATES + " states");
            }
        }
        return unending(runs.length);
    }

    private void expand(int index, World world, Predicate<Supplier<String>> events) {
        transitions.from(world, (next, event) -> {
            if (events.test(event)) {
                int following = seen.add(next.numbers(), index);
                if (next.budget() == world.budget()) {
                    endings.add(index, following);
                }
            }
        });
    }

    /** No execution waits forever: from every state there is a path on which all executions end. */
    private Report unending(int runs) {
        var ended = new boolean[seen.size()];
        for (int i = 0; i < ended.length; i++) {
            var world = new World(seen.get(i), runs);
            ended[i] = invariants.isQuiescent(world) || !invariants.check(world).isEmpty();
        }
        int unending = endings.firstWithout(ended);
        return unending < 0
                ? new Report(scenario.toString(), seen.size(), "", List.of())
                : new Report(scenario.toString(), seen.size(), "an execution never ends", trace(unending));
    }

    private List<String> trace(int index) {
        var events = new ArrayList<String>();
        for (int i = index; seen.parent(i) >= 0; i = seen.parent(i)) {
            events.add(event(seen.get(seen.parent(i)), seen.get(i)));
        }
        Collections.reverse(events);
        return events;
    }

    private String event(int[] from, int[] to) {
        var found = new ArrayList<String>();
        transitions.from(new World(from, scenario.runs().size()), (next, event) -> {
            if (Arrays.equals(next.numbers(), to)) {
                found.add(event.get());
            }
        });
        return found.get(0);
    }
}
