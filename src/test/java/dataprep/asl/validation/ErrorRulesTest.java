package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;
import static dataprep.asl.Samples.failing;
import static dataprep.asl.Samples.task;
import static dataprep.asl.Samples.uncaughtTask;
import static dataprep.asl.validation.ProblemRows.problems;
import static dataprep.asl.validation.ProblemRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Errors;
import dataprep.asl.Map;
import dataprep.asl.Parallel;
import dataprep.asl.Retry;
import dataprep.asl.StateMachine;
import dataprep.asl.Task;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorRulesTest {

    private static final String NO_CATCH =
            "is missing; a Task or a state around it must have one, or its failure ends the execution unhandled";
    private static final String RESERVED = "States.ALL, States.BranchFailed, States.DataLimitExceeded, "
            + "States.ExceedToleratedFailureThreshold, States.HeartbeatTimeout, States.IntrinsicFailure, "
            + "States.ItemReaderFailed, States.NoChoiceMatched, States.ParameterPathFailure, States.Permissions, "
            + "States.QueryEvaluationError, States.ResultPathMatchFailure, States.ResultWriterFailed, "
            + "States.Runtime, States.TaskFailed, States.Timeout";

    /** A definition whose task has a second retrier after a valid one. */
    private static StateMachine retrying(Retry retry) {
        return failing(task().retry(retry).end());
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "task without retrier",
                        failing(Task.awsSdk("s3", "getObject")
                                .catching(Catch.all().next("Failed"))
                                .end()),
                        "States.First.Retry: is missing; a Task must have one: every service has transient errors"),
                row("task without catcher", alone(uncaughtTask().end()), "States.First.Catch: " + NO_CATCH),
                row(
                        "task without catcher in a branch without one",
                        alone(Parallel.of(Branch.of("Inner", uncaughtTask().end()))
                                .end()),
                        "States.First.Branches[0].States.Inner.Catch: " + NO_CATCH),
                row(
                        "States.ALL beside others in a retrier",
                        retrying(Retry.on("Throttled", Errors.ALL)),
                        "States.First.Retry[1].ErrorEquals: invalid value '[Throttled, States.ALL]'; States.ALL must be the only error"),
                row(
                        "States.ALL before others in a retrier",
                        failing(Task.awsSdk("s3", "getObject")
                                .retry(Retry.on(Errors.ALL), Retry.on("Throttled"))
                                .catching(Catch.all().next("Failed"))
                                .end()),
                        "States.First.Retry[0].ErrorEquals: invalid value '[States.ALL]'; "
                                + "the retrier or catcher for States.ALL must be last"),
                row(
                        "States.ALL beside others in a catcher",
                        failing(uncaughtTask()
                                .catching(Catch.on(Errors.ALL, Errors.TIMEOUT).next("Failed"))
                                .end()),
                        "States.First.Catch[0].ErrorEquals: invalid value '[States.ALL, States.Timeout]'; "
                                + "States.ALL must be the only error"),
                row(
                        "States.ALL before others in a catcher",
                        failing(task().catching(Catch.on("Gone").next("Failed")).end()),
                        "States.First.Catch[0].ErrorEquals: invalid value '[States.ALL]'; "
                                + "the retrier or catcher for States.ALL must be last"),
                row(
                        "unknown reserved name",
                        retrying(Retry.on("States.TaskFail")),
                        "States.First.Retry[1].ErrorEquals: 'States.TaskFail' is not an error name of Step Functions; "
                                + "must be one of " + RESERVED),
                row(
                        "blank name of an error",
                        retrying(Retry.on("")),
                        "States.First.Retry[1].ErrorEquals: has a blank error name"),
                row(
                        "no name of an error",
                        retrying(Retry.on()),
                        "States.First.Retry[1].ErrorEquals: is empty; must name at least one error"),
                row(
                        "no interval",
                        retrying(Retry.on("Throttled").intervalSeconds(0)),
                        "States.First.Retry[1].IntervalSeconds: invalid value '0'; must be 1 to 99999999"),
                row(
                        "negative attempts",
                        retrying(Retry.on("Throttled").maxAttempts(-1)),
                        "States.First.Retry[1].MaxAttempts: invalid value '-1'; must be 0 to 99999999"),
                row(
                        "too many attempts",
                        retrying(Retry.on("Throttled").maxAttempts(100_000_000)),
                        "States.First.Retry[1].MaxAttempts: invalid value '100000000'; must be 0 to 99999999"),
                row(
                        "shrinking interval",
                        retrying(Retry.on("Throttled").backoffRate(0.9)),
                        "States.First.Retry[1].BackoffRate: invalid value '0.9'; must be at least 1"),
                row(
                        "rate that is no number",
                        retrying(Retry.on("Throttled").backoffRate(Double.NaN)),
                        "States.First.Retry[1].BackoffRate: invalid value 'NaN'; must be at least 1"),
                row(
                        "delay of more than a year",
                        retrying(Retry.on("Throttled").maxDelaySeconds(31_622_400)),
                        "States.First.Retry[1].MaxDelaySeconds: invalid value '31622400'; must be 1 to 31622399"),
                row(
                        "delay not above the interval",
                        retrying(Retry.on("Throttled").intervalSeconds(5).maxDelaySeconds(5)),
                        "States.First.Retry[1].MaxDelaySeconds: invalid value '5'; must be more than IntervalSeconds (5)"),
                row(
                        "delay not above the interval that is the default",
                        retrying(Retry.on("Throttled").maxDelaySeconds(1)),
                        "States.First.Retry[1].MaxDelaySeconds: invalid value '1'; must be more than IntervalSeconds (1)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void problemIsReportedWhereItIs(String sentence, StateMachine broken, List<String> problems) {
        assertEquals(problems, problems(broken));
    }

    @Test
    void taskIsCaughtByAStateAroundIt() {
        Branch innermost = Branch.of("Innermost", uncaughtTask().end());
        Branch inner = Branch.of("Inner", Parallel.of(innermost).end());

        assertEquals(
                List.of(),
                problems(failing(
                        Map.each(inner).catching(Catch.all().next("Failed")).end())));
    }

    @Test
    void numbersAtTheirBoundsAndOtherReservedNamesAreAllowed() {
        Retry atLeast = Retry.on(Errors.TIMEOUT, "States.QueryEvaluationError")
                .intervalSeconds(1)
                .maxAttempts(0)
                .backoffRate(1)
                .maxDelaySeconds(2);
        Retry atMost = Retry.on("Throttled")
                .intervalSeconds(31_622_398)
                .maxAttempts(99_999_999)
                .maxDelaySeconds(31_622_399);

        assertEquals(
                List.of(),
                problems(failing(
                        task().retry(atLeast, atMost, Retry.on(Errors.ALL)).end())));
    }
}
