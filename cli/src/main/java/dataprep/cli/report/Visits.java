package dataprep.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from a history which states a run was in, when, and what became of them. */
final class Visits {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SCOPES = Set.of("Map", "Parallel");

    /** The way from one state to the next. */
    record Step(String from, String to) {}

    /** What was found, the visits in the order in which they began. */
    record Found(List<Visit> visits, Set<Step> steps) {
        List<Visit> of(String state) {
            return visits.stream().filter(visit -> visit.state().equals(state)).toList();
        }

        boolean took(DefinitionGraph.Arrow way) {
            return steps.contains(new Step(way.from(), way.to()))
                    && of(way.from()).stream().anyMatch(visit -> visit.outcome().isFailure() == way.isCatch());
        }

        Set<String> states() {
            return visits.stream().map(Visit::state).collect(Collectors.toSet());
        }

        StateStatus outcome(String state) {
            return of(state).stream()
                    .map(Visit::outcome)
                    .min(StateStatus::compareTo)
                    .orElse(StateStatus.NOT_REACHED);
        }
    }

    /** A visit as it goes on. */
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

        private boolean isIn(Open scope) {
            return parent != null && (parent == scope || parent.isIn(scope));
        }

        /** The state of the workflow itself that this one is, or lies in. */
        private String outermost() {
            return parent == null ? entry.state() : parent.outermost();
        }

        private void close(Instant at, StateStatus outcome) {
            var error = failure == null ? "" : failure.error();
            var cause = failure == null ? "" : failure.cause();
            closed = new Visit(
                    entry.state(), type(), subject(entry), resource, entry.at(), at, outcome, attempts, error, cause);
        }
    }

    private final Map<Long, RunEvent> events = new HashMap<>();
    private final Map<Long, Open> opened = new LinkedHashMap<>();
    private final Set<Step> steps = new LinkedHashSet<>();

    private Visits() {}

    static Found of(ReportInput facts) {
        var visits = new Visits();
        facts.events().forEach(visits::take);
        visits.end(facts);
        visits.tellCaughtFromFatal(facts);
        return new Found(
                visits.opened.values().stream().map(open -> open.closed).toList(), visits.steps);
    }

    private void take(RunEvent event) {
        events.put(event.id(), event);
        if (event.enters()) {
            opened.put(event.id(), new Open(event, around(event)));
            var previous = events.get(event.previousId());
            if (previous != null && previous.exits()) {
                steps.add(new Step(previous.state(), event.state()));
            }
            return;
        }
        var open = around(event);
        if (open == null) {
            return;
        }
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

    /** What a scope's end leaves unfinished: the state that failed it, and those that were stopped for that. */
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

    private void end(ReportInput facts) {
        var inFlight = Map.of(
                        "RUNNING",
                        StateStatus.RUNNING,
                        "FAILED",
                        StateStatus.FAILED,
                        "SUCCEEDED",
                        StateStatus.SUCCEEDED)
                .getOrDefault(facts.status(), StateStatus.ABORTED);
        opened.values().stream()
                .filter(open -> open.closed == null)
                .forEach(open -> open.close(facts.stopped(), inFlight));
    }

    /** A run fails by the state that its error names; what failed in any other way was taken care of. */
    private void tellCaughtFromFatal(ReportInput facts) {
        var fatal = facts.succeeded() ? "" : facts.error().replaceFirst("Failed$", "");
        var isNamed =
                opened.values().stream().anyMatch(open -> open.entry.state().equals(fatal));
        for (var open : opened.values()) {
            var failed =
                    open.closed.outcome() == StateStatus.FAILED && !open.type().equals("Fail");
            if (failed && (facts.succeeded() || isNamed && !open.outermost().equals(fatal))) {
                open.closed = open.closed.as(StateStatus.CAUGHT);
            }
        }
    }

    /** The visit that an event belongs to: the nearest on the way back that goes on. */
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
