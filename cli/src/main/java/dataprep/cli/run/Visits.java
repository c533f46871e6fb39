package dataprep.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from a history which states a run entered, when, and how they ended. */
public final class Visits {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SCOPES = Set.of("Map", "Parallel");

    /** A transition that the run took. */
    public record Step(String from, String to) {}

    /** The result: the visits in the order of their start. */
    public record Found(List<Visit> visits, Set<Step> steps) {
        public List<Visit> of(String state) {
            return visits.stream().filter(visit -> visit.state().equals(state)).toList();
        }

        /** Whether the run went from one state to another, by a catch or otherwise. */
        public boolean took(String from, String to, boolean byCatch) {
            return steps.contains(new Step(from, to))
                    && of(from).stream().anyMatch(visit -> visit.status().isFailure() == byCatch);
        }

        public Set<String> states() {
            return visits.stream().map(Visit::state).collect(Collectors.toSet());
        }

        public StateStatus status(String state) {
            return of(state).stream()
                    .map(Visit::status)
                    .min(StateStatus::compareTo)
                    .orElse(StateStatus.NOT_REACHED);
        }
    }

    /** A visit under construction. */
    private static final class Open {
        private final RunEvent entry;
        private final Open parent;
        private String resource = "";
        private int attempts;
        private boolean succeeded;
        private RunEvent failure;
        private Visit closed;

        private Open(RunEvent entry, Open parent) {
            this.entry = entry;
            this.parent = parent;
        }

        private String type() {
            return entry.type().replace("StateEntered", "");
        }

        private boolean failed() {
            return closed != null && closed.status() == StateStatus.FAILED && !type().equals("Fail");
        }

        /** As long as the run continues: a catcher has handled the error of a failed state. */
        private Visit soFar(Instant now) {
            return closed == null ? visit(now, StateStatus.RUNNING) : failed() ? closed.as(StateStatus.CAUGHT) : closed;
        }

        private boolean isIn(Open scope) {
            return parent != null && (parent == scope || parent.isIn(scope));
        }

        /** The top-level state that this one is, or is inside of. */
        private String outermost() {
            return parent == null ? entry.state() : parent.outermost();
        }

        private void close(Instant at, StateStatus status) {
            closed = visit(at, status);
        }

        private Visit visit(Instant at, StateStatus status) {
            var error = failure == null ? "" : failure.error();
            var cause = failure == null ? "" : failure.cause();
            var nested = parent != null;
            return new Visit(
                    entry.state(),
                    type(),
                    subject(entry),
                    nested,
                    resource,
                    entry.at(),
                    at,
                    status,
                    attempts,
                    error,
                    cause);
        }
    }

    private final Map<Long, RunEvent> events = new HashMap<>();
    private final Map<Long, Open> opened = new LinkedHashMap<>();
    private final Set<Step> steps = new LinkedHashSet<>();

    public static Found of(Run run) {
        var visits = new Visits();
        run.events().forEach(visits::take);
        visits.end(run);
        visits.distinguishCaughtFromFatal(run);
        return new Found(
                visits.opened.values().stream().map(open -> open.closed).toList(), visits.steps);
    }

    /** The visits of a running execution, from the events so far. */
    List<Visit> soFar(Instant now) {
        return opened.values().stream().map(open -> open.soFar(now)).toList();
    }

    /** The number of retries of all tasks. */
    static long retries(List<RunEvent> events) {
        var visits = new Visits();
        events.forEach(visits::take);
        return visits.opened.values().stream()
                .mapToLong(open -> Math.max(0, open.attempts - 1))
                .sum();
    }

    /**
     * Takes the next event.
     *
     * @return the visit that the event belongs to; empty for events of the execution itself
     */
    Optional<Visit> take(RunEvent event) {
        events.put(event.id(), event);
        var open = around(event);
        if (event.enters()) {
            open = new Open(event, open);
            opened.put(event.id(), open);
            var previous = events.get(event.previousId());
            if (previous != null && previous.exits()) {
                steps.add(new Step(previous.state(), event.state()));
            }
        } else if (open != null) {
            add(event, open);
        }
        return Optional.ofNullable(open).map(found -> found.soFar(event.at()));
    }

    private void add(RunEvent event, Open open) {
        if (event.exits()) {
            exit(open, event.at());
        } else if (event.type().equals("TaskScheduled")) {
            open.resource = event.resource();
            open.attempts++;
        } else if (event.type().matches("(Task|MapState|ParallelState)Succeeded")) {
            open.succeeded = true;
        } else if (!event.error().isEmpty()) {
            open.failure = event;
        }
    }

    private void exit(Open open, Instant at) {
        var needsSuccess = SCOPES.contains(open.type()) || open.failure != null;
        if (SCOPES.contains(open.type())) {
            closeInside(open, at);
        }
        open.close(at, needsSuccess && !open.succeeded ? StateStatus.FAILED : StateStatus.SUCCEEDED);
    }

    /** Closes the states of a failed scope: the state that failed it, and those that were aborted with it. */
    private void closeInside(Open scope, Instant at) {
        for (var open : opened.values()) {
            if (open.closed == null && open.isIn(scope)) {
                open.close(at, open.failure == null ? StateStatus.ABORTED : StateStatus.FAILED);
                if (scope.failure == null) {
                    scope.failure = open.failure;
                }
            }
        }
    }

    private void end(Run run) {
        var inFlight = Map.of(
                        "RUNNING",
                        StateStatus.RUNNING,
                        "FAILED",
                        StateStatus.FAILED,
                        "SUCCEEDED",
                        StateStatus.SUCCEEDED)
                .getOrDefault(run.status(), StateStatus.ABORTED);
        closeOpen(run.stopped(), inFlight);
    }

    private void closeOpen(Instant at, StateStatus status) {
        opened.values().stream().filter(open -> open.closed == null).forEach(open -> open.close(at, status));
    }

    /** The run's error names the state that failed the run; the run continued after every other failure. */
    private void distinguishCaughtFromFatal(Run run) {
        var fatal = run.succeeded() ? "" : run.error().replaceFirst("Failed$", "");
        var isNamed =
                opened.values().stream().anyMatch(open -> open.entry.state().equals(fatal));
        for (var open : opened.values()) {
            if (open.failed()
                    && (run.succeeded() || isNamed && !open.outermost().equals(fatal))) {
                open.closed = open.closed.as(StateStatus.CAUGHT);
            }
        }
    }

    /** The visit that an event belongs to: the nearest earlier one that is still open. */
    private Open around(RunEvent event) {
        // the exit of a scope that failed comes while states in it are still open
        var state = event.exits() ? event.state() : "";
        for (var before = events.get(event.previousId());
                before != null;
                before = before.previousId() < before.id() ? events.get(before.previousId()) : null) {
            var open = opened.get(before.id());
            if (open != null && open.closed == null && (state.isEmpty() || state.equals(open.entry.state()))) {
                return open;
            }
        }
        return null;
    }

    /** The source's name, where an item of the extraction is concerned. */
    private static String subject(RunEvent entry) {
        try {
            return JSON.readTree(entry.input()).at("/source/name").asText();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return "";
        }
    }
}
