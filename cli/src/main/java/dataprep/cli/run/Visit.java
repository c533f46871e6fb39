package dataprep.cli.run;

import java.time.Duration;
import java.time.Instant;

/**
 * One visit of a state in a run: a state inside a Map has one for each item.
 *
 * @param subject of the visit, such as the name of the source; empty if there is only one
 * @param isNested whether the state is inside a Map or a Parallel
 * @param resource that its task calls, such as {@code lambda:invoke}; empty for a state without a task
 * @param attempts of the state's task; 0 for a state without a task
 * @param error of the last failed attempt, even if a later one succeeded
 */
public record Visit(
        String state,
        String type,
        String subject,
        boolean isNested,
        String resource,
        Instant entered,
        Instant left,
        StateStatus status,
        int attempts,
        String error,
        String cause) {

    Visit as(StateStatus other) {
        return new Visit(state, type, subject, isNested, resource, entered, left, other, attempts, error, cause);
    }

    public Duration duration() {
        return Duration.between(entered, left);
    }

    public String title() {
        return subject.isEmpty() ? state : state + " · " + subject;
    }
}
