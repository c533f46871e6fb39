package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Task;
import dataprep.asl.Wait;

/**
 * Lets one run publish at a time, and only over the manifest that it started from; assigns {@code claimEtag} and {@code
 * claimRedrives}.
 *
 * <p>The claim is a conditional write of the manifest. A run that finds another manifest than the one it read restarts
 * from it: its own result does not include what was published since.
 */
record ClaimStates(ResourceNames resources) {
    private static final int PUBLISHER_WAIT_SECONDS = 30;

    Choice publicationFree() {
        var another = "$exists($published.publishing[execution != $states.context.Execution.Id])";
        return Choice.between(ChoiceRule.when(Jsonata.of(another))
                        .comment("another run has the claim")
                        .next("DescribePublisher"))
                .otherwise("ClaimPublication");
    }

    /** A claim outlives an aborted run. */
    Task describePublisher() {
        return new ExecutionCalls(resources)
                .describe(Jsonata.of("$published.publishing.execution"))
                .assign("publisherStatus", Jsonata.of("$states.result.Status"))
                .assign(
                        "publisherStopped",
                        Jsonata.of("$exists($states.result.StopDate) ? $states.result.StopDate : $now()"))
                .catching(
                        Catch.on("Sfn.ExecutionDoesNotExistException").next("ClaimPublication"),
                        FailureStates.from("DescribePublisher"))
                .next("PublisherEnded");
    }

    Choice publisherEnded() {
        return Choice.between(ChoiceRule.when(Jsonata.of("$publisherStatus = 'RUNNING'"))
                        .comment("the publisher is still running")
                        .next("AwaitPublisher"))
                .otherwise("AwaitLateCalls");
    }

    /** The last call of an ended execution to S3 or Glue may still take effect. */
    Wait awaitLateCalls() {
        return Wait.until(Jsonata.of("$fromMillis($toMillis($publisherStopped) + %d)"
                        .formatted(ExecutionContext.LATE_CALL_SECONDS * 1_000)))
                .next("ClaimPublication");
    }

    Wait awaitPublisher() {
        return Wait.seconds(PUBLISHER_WAIT_SECONDS).next("ReadPublished");
    }

    Task claimPublication() {
        return claim().catching(FailureStates.assigning("ClaimPublication").next("ReadClaim"))
                .next("LoadData");
    }

    /** A rejected write may have been made by an earlier attempt whose response was lost. */
    Task readClaim() {
        return new Manifest(resources)
                .read()
                .assign("claimed", Jsonata.of("$parse($states.result.Body)"))
                .assign("claimEtag", Jsonata.of("$states.result.ETag"))
                .assign("claimRedrives", Jsonata.of("[$parse($states.result.Body).publishing.redrives, -1][0]"))
                .catching(Catch.all().next(FailureStates.FIRST))
                .next("ClaimHeld");
    }

    Choice claimHeld() {
        var mine = "$exists($claimed.publishing[%s])".formatted(ExecutionContext.IS_MINE);
        return Choice.between(
                        ChoiceRule.when(Jsonata.of("%s and $claimRedrives = %s"
                                        .formatted(mine, ExecutionContext.REDRIVES.expression())))
                                .comment("the claim was written")
                                .next("LoadData"),
                        ChoiceRule.when(Jsonata.of("$claimEtag = $publishedEtag"))
                                .comment("no claim was written")
                                .next(FailureStates.FIRST),
                        // another run may have found this one ended and be about to take over the claim
                        ChoiceRule.when(Jsonata.of(mine))
                                .comment(DataPreparationWorkflow.REDRIVEN)
                                .next("ReadOutcome"))
                .otherwise("AwaitPublisher");
    }

    /** Writes a claim into the manifest that was read last; reads {@code published} and {@code publishedEtag}. */
    Task claim() {
        var claimed = Jsonata.of("""
                $merge([$published, {'publishing': {
                  'run_id': $run,
                  'execution': $states.context.Execution.Id,
                  'started_at': $states.context.Execution.StartTime,
                  'redrives': %s,
                  'since': $now()
                }}])""".formatted(ExecutionContext.REDRIVES.expression()));
        return new Manifest(resources)
                .replace(Jsonata.of("$publishedEtag"), claimed)
                .assign("claimEtag", Jsonata.of("$states.result.ETag"))
                .assign("claimRedrives", ExecutionContext.REDRIVES);
    }
}
