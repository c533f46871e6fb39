package dataprep.cli.report;

import java.time.Duration;
import java.time.Instant;

/**
 * One time that the run was in a state.
 *
 * @param subject what it was there for, such as the name of the source; empty if there is only one
 * @param resource what its task calls, such as {@code lambda:invoke}; empty of a state that has none
 * @param attempts how many times the state's task was tried; 0 of a state that has none
 * @param error of the last attempt that failed, even if a later one succeeded
 */
record Visit(
        String state,
        String type,
        String subject,
        String resource,
        Instant entered,
        Instant left,
        StateStatus outcome,
        int attempts,
        String error,
        String cause) {

    Visit as(StateStatus other) {
        return new Visit(state, type, subject, resource, entered, left, other, attempts, error, cause);
    }

    Duration duration() {
        return Duration.between(entered, left);
    }

    String title() {
        return subject.isEmpty() ? state : state + " · " + subject;
    }
}
