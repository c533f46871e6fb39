package dataprep.cli.run;

import java.time.Duration;
import java.time.Instant;

/**
 * One visit of a state in a run: a state inside a Map has one for each item.
 *
 * @param subject what it was there for, such as the name of the source; empty if there is only one
 * @param isNested whether the state is inside a Map or a Parallel
 * @param resource what its task calls, such as {@code lambda:invoke}; empty of a state that has none
 * @param attempts how many times the state's task was tried; 0 of a state that has none
 * @param error of the last attempt that failed, even if a later one succeeded
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
