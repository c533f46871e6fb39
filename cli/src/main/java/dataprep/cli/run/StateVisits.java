package dataprep.cli.run;

import dataprep.cli.run.StateVisit.End;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Reads the visits of states from an execution's history.
 *
 * <p>Each event points to the one before it on its own path, so that the first fitting visit on the way back from an
 * event is the one that it belongs to, however many items or branches run at the same time.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>
 */
public final class StateVisits {
    private static final String ENTERED = "StateEntered";

    private final Map<Long, HistoryEvent> history = new HashMap<>();
    private final Map<Long, Visit> visits = new LinkedHashMap<>();
    private Instant ended;
    private boolean failed;

    private static final class Visit {
        private final HistoryEvent entry;
        private Instant exited;
        private int attempts;
        private String error;

        private Visit(HistoryEvent entry) {
            this.entry = entry;
        }

        private String name() {
            return entry.stateEnteredEventDetails().name();
        }

        private String type() {
            return entry.typeAsString().replace(ENTERED, "");
        }
    }

    private StateVisits() {}

    /**
     * @param events the whole history, in order
     * @param now the end of what still runs
     */
    public static List<StateVisit> of(List<HistoryEvent> events, Instant now) {
        var visits = new StateVisits();
        events.forEach(visits::read);
        return visits.visits.values().stream()
                .map(visit -> visits.finished(visit, now))
                .toList();
    }

    private void read(HistoryEvent event) {
        history.put(event.id(), event);
        var type = event.typeAsString();
        if (type.endsWith(ENTERED)) {
            visits.put(event.id(), new Visit(event));
        } else if (event.stateExitedEventDetails() != null) {
            var name = event.stateExitedEventDetails().name();
            openBefore(event, visit -> visit.name().equals(name)).ifPresent(visit -> visit.exited = event.timestamp());
        } else if (type.equals("TaskScheduled")) {
            openBefore(event, visit -> visit.type().equals("Task")).ifPresent(visit -> {
                visit.attempts++;
                visit.error = null;
            });
        } else if (type.startsWith("Execution") && !type.equals("ExecutionStarted")) {
            // a redriven execution goes on after its end
            ended = type.equals("ExecutionRedriven") ? null : event.timestamp();
            failed = type.equals("ExecutionFailed");
        } else {
            readError(event, type);
        }
    }

    private void readError(HistoryEvent event, String type) {
        if (event.evaluationFailedEventDetails() != null) {
            var state = event.evaluationFailedEventDetails().state();
            openBefore(event, visit -> visit.name().equals(state))
                    .ifPresent(visit ->
                            visit.error = event.evaluationFailedEventDetails().error());
        }
        for (var scope : List.of("Task", "Map", "Parallel")) {
            if (type.matches(scope + "(State|Start|Submit)?(Failed|TimedOut|Aborted)")) {
                openBefore(event, visit -> visit.type().equals(scope))
                        .ifPresent(visit -> visit.error = errorOf(event, type));
            }
        }
    }

    private String errorOf(HistoryEvent event, String type) {
        if (event.taskFailedEventDetails() != null) {
            return event.taskFailedEventDetails().error();
        }
        if (type.endsWith("TimedOut")) {
            return "States.Timeout";
        }
        // a scope fails by the error of a state inside it
        return before(event, visit -> visit.error != null)
                .map(visit -> visit.error)
                .orElse(type);
    }

    private Optional<Visit> openBefore(HistoryEvent event, Predicate<Visit> wanted) {
        return before(event, visit -> visit.exited == null && wanted.test(visit));
    }

    private Optional<Visit> before(HistoryEvent event, Predicate<Visit> wanted) {
        for (var at = previous(event); at != null; at = previous(at)) {
            var visit = visits.get(at.id());
            if (visit != null && wanted.test(visit)) {
                return Optional.of(visit);
            }
        }
        return Optional.empty();
    }

    private HistoryEvent previous(HistoryEvent event) {
        return event.previousEventId() < event.id() ? history.get(event.previousEventId()) : null;
    }

    private StateVisit finished(Visit visit, Instant now) {
        var stop = visit.exited != null ? visit.exited : ended != null ? ended : now;
        return new StateVisit(
                visit.name(),
                visit.type(),
                visit.entry.timestamp(),
                StateVisit.seconds(visit.entry.timestamp(), stop),
                end(visit),
                visit.attempts,
                visit.error);
    }

    private End end(Visit visit) {
        if (visit.exited != null) {
            return visit.error == null ? End.DONE : End.CAUGHT;
        }
        if (ended == null) {
            return End.RUNNING;
        }
        if (visit.type().equals("Succeed")) {
            return End.DONE;
        }
        return failed && (visit.error != null || visit.type().equals("Fail")) ? End.FAILED : End.ABORTED;
    }
}
