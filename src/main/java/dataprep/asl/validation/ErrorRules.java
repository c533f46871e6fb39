package dataprep.asl.validation;

import dataprep.asl.Catch;
import dataprep.asl.Errors;
import dataprep.asl.LocatedState;
import dataprep.asl.Retry;
import dataprep.asl.StateMachine;
import dataprep.asl.Task;
import java.util.List;
import java.util.TreeSet;

/** Checks that tasks have retriers and catchers, and checks their error names and numbers. */
final class ErrorRules {

    private static final int MAX_NUMBER = 99_999_999;
    private static final int MAX_DELAY_SECONDS = 31_622_399;

    private final DefinitionProblems problems;

    private ErrorRules(DefinitionProblems problems) {
        this.problems = problems;
    }

    static void check(StateMachine machine, DefinitionProblems problems) {
        ErrorRules rules = new ErrorRules(problems);
        machine.everyState().forEach(rules::state);
    }

    private void state(LocatedState located) {
        List<Retry> retries = located.state().errorHandling().retries();
        List<Catch> catches = located.state().errorHandling().catches();
        if (located.state() instanceof Task && retries.isEmpty()) {
            problems.add(
                    located.path() + ".Retry", "is missing; a Task must have one: every service has transient errors");
        }
        if (located.state() instanceof Task && !located.isCaught()) {
            problems.add(
                    located.path() + ".Catch",
                    "is missing; a Task or a state around it must have one, or its failure ends the execution"
                            + " unhandled");
        }
        for (int i = 0; i < retries.size(); i++) {
            String path = located.path() + ".Retry[" + i + "].";
            errors(path, retries.get(i).errors(), i == retries.size() - 1);
            numbers(path, retries.get(i));
        }
        for (int i = 0; i < catches.size(); i++) {
            errors(located.path() + ".Catch[" + i + "].", catches.get(i).errors(), i == catches.size() - 1);
        }
    }

    private void errors(String prefix, List<String> errors, boolean last) {
        String path = prefix + "ErrorEquals";
        if (errors.isEmpty()) {
            problems.add(path, "is empty; must name at least one error");
        }
        if (errors.contains(Errors.ALL) && errors.size() > 1) {
            problems.add(path, "invalid value '%s'; %s must be the only error", errors, Errors.ALL);
        }
        if (errors.contains(Errors.ALL) && !last) {
            problems.add(path, "invalid value '%s'; the retrier or catcher for %s must be last", errors, Errors.ALL);
        }
        for (String error : errors) {
            if (error.isBlank()) {
                problems.add(path, "has a blank error name");
            } else if (error.startsWith(Errors.RESERVED_PREFIX) && !Errors.RESERVED.contains(error)) {
                problems.add(
                        path,
                        "'%s' is not an error name of Step Functions; must be one of %s",
                        error,
                        String.join(", ", new TreeSet<>(Errors.RESERVED)));
            }
        }
    }

    private void numbers(String prefix, Retry retry) {
        range(prefix + "IntervalSeconds", retry.intervalSeconds(), 1, MAX_NUMBER);
        range(prefix + "MaxAttempts", retry.maxAttempts(), 0, MAX_NUMBER);
        range(prefix + "MaxDelaySeconds", retry.maxDelaySeconds(), 1, MAX_DELAY_SECONDS);
        if (retry.backoffRate() != null && !(retry.backoffRate() >= 1 && Double.isFinite(retry.backoffRate()))) {
            problems.add(prefix + "BackoffRate", "invalid value '%s'; must be at least 1", retry.backoffRate());
        }
        int interval = retry.intervalSeconds() == null ? 1 : retry.intervalSeconds();
        if (retry.maxDelaySeconds() != null && retry.maxDelaySeconds() <= interval) {
            problems.add(
                    prefix + "MaxDelaySeconds",
                    "invalid value '%d'; must be more than IntervalSeconds (%d)",
                    retry.maxDelaySeconds(),
                    interval);
        }
    }

    private void range(String path, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            problems.add(path, "invalid value '%d'; must be %d to %d", value, least, most);
        }
    }
}
