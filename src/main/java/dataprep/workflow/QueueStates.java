package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.Retry;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.asl.Wait;
import java.util.Map;

/**
 * One execution works, one waits for it, and any further one ends as coalesced: the waiting one reads the sources later
 * and so includes the changes that started the others.
 *
 * <p>A rollback reads no source and does not wait. The queue saves work; the claim serializes publications.
 */
record QueueStates(ResourceNames resources) {
    static final String FIRST = "CheckInput";
    /** Other executions read this execution's input, so its length is limited. */
    private static final int LONGEST_INPUT = 4_096;

    private static final int SHORTEST_WAIT_SECONDS = 5;
    /** Keeps an execution that waits for days below the quota of 25,000 history events. */
    private static final int LONGEST_WAIT_SECONDS = 600;

    private static final String EXECUTION = "$states.context.Execution";

    /** The start of an execution; a redriven one counts from its redrive, because it has already waited. */
    private static final String BEGAN = "$toMillis($exists(RedriveDate) ? RedriveDate : StartDate)";

    /** The running executions that began before this one, the oldest first. */
    private static final String OLDER = """
            $me := $states.context.Execution.Id;
            $running := $states.result.Executions.{'arn': ExecutionArn, 'redrives': $exists(RedriveCount) ? RedriveCount : 0, 'began': %s};
            $mine := $running[arn = $me].began;
            $since := $exists($mine) ? $mine : $toMillis($states.context.Execution.StartTime);
            $older := $running[arn != $me and (began < $since or began = $since and arn < $me)]^(began, redrives, arn);""".formatted(BEGAN);

    Choice checkInput() {
        var length = "$length($string($states.context.Execution.Input))";
        var cause = Jsonata.text(
                "input: invalid length ",
                Jsonata.of("$string(%s)".formatted(length)),
                "; must be at most %d characters".formatted(LONGEST_INPUT));
        return Choice.between(ChoiceRule.when(Jsonata.of("%s > %d".formatted(length, LONGEST_INPUT)))
                        .comment("the input is too long")
                        .assign(FailureStates.VARIABLE, FailureStates.failure(FIRST, "InvalidInput", cause))
                        .assign("published", Map.of())
                        .next(FailureStates.FIRST))
                .otherwise("FindRunningExecutions");
    }

    /**
     * Assigns {@code olderExecutions}, whether there are any, and {@code waitingExecution}, the ARN of a waiting one.
     */
    Task findRunningExecutions() {
        return new ExecutionCalls(resources)
                .listRunning()
                .assign(
                        "olderExecutions",
                        Jsonata.of("(%s $exists($older) or $exists($states.result.NextToken))".formatted(OLDER)))
                .assign("waitingExecution", Jsonata.of("""
                        (%s
                          $waiting := $older[[1..$count($older)]][redrives = 0].arn;
                          $exists($waiting) ? $waiting[-1] : '')""".formatted(OLDER)))
                .retry(patiently())
                .catching(
                        Catch.all().comment("the claim serializes publications").next("ReadPublished"))
                .next("Turn");
    }

    Choice turn() {
        var isRollback = "$exists(%s.Input.rollback_to)".formatted(EXECUTION);
        var isForced = "%s.Input.force = true".formatted(EXECUTION);
        return Choice.between(
                        ChoiceRule.when(Jsonata.of("%s or $not($olderExecutions)".formatted(isRollback)))
                                .comment("no older execution is running, or a rollback")
                                .next("ReadPublished"),
                        ChoiceRule.when(Jsonata.of("$waitingExecution != '' and $not(%s)".formatted(isForced)))
                                .comment("another execution is already waiting")
                                .next("DescribeWaiting"))
                .otherwise("AwaitTurn");
    }

    Task describeWaiting() {
        return new ExecutionCalls(resources)
                .describe(Jsonata.of("$waitingExecution"))
                .assign(
                        "readsSources",
                        Jsonata.of("$states.result.Status = 'RUNNING'"
                                + " and $not($exists($parse($states.result.Input).rollback_to))"))
                .catching(Catch.all().next("AwaitTurn"))
                .next("Waiting");
    }

    Choice waiting() {
        return Choice.between(ChoiceRule.when(Jsonata.of("$readsSources"))
                        .comment("the waiting execution reads the sources later")
                        .next("Coalesced"))
                .otherwise("AwaitTurn");
    }

    /** A tenth of the time that the execution has waited so far, within bounds. */
    Wait awaitTurn() {
        return Wait.seconds(Jsonata.of("$floor($max([%d, $min([%d, ($millis() - $toMillis(%s.StartTime)) / 10000])]))"
                        .formatted(SHORTEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, EXECUTION)))
                .next("FindRunningExecutions");
    }

    Succeed coalesced() {
        return Succeed.create()
                .output(Payload.with("published", false).and("coalesced_into", Jsonata.of("$waitingExecution")));
    }

    /** Retries for hundreds of executions that start at once and share one small API quota. */
    private static Retry patiently() {
        return Retry.on(Retries.STEP_FUNCTIONS_TRANSIENT)
                .intervalSeconds(2)
                .maxAttempts(10)
                .backoffRate(2)
                .maxDelaySeconds(60)
                .jitter(Retry.Jitter.FULL);
    }
}
