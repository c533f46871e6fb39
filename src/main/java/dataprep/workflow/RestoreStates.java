package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Parallel;
import dataprep.asl.Task;
import dataprep.asl.Wait;

/**
 * Restores the views after a failed publication: readers see the manifest's run again.
 *
 * <p>Only the run whose claim is in the manifest restores. It claims again first, so that its failed publication can no
 * longer be committed. If the restoration fails, the claim stays, and the next run publishes again.
 *
 * @param afterCommit the state that follows the commit
 */
record RestoreStates(ResourceNames resources, String afterCommit) {
    /** The errors after which a call may still take effect. */
    private static final String UNCERTAIN = "['States.Timeout', 'S3.SdkClientException', 'Glue.SdkClientException']";

    /** Assigns {@code published} and {@code publishedEtag} again. */
    Task readOutcome() {
        return new Manifest(resources)
                .read()
                .assign("published", Jsonata.of("$parse($states.result.Body)"))
                .assign("publishedEtag", Jsonata.of("$states.result.ETag"))
                .catching(Catch.all().next(FailureStates.FIRST))
                .next("Outcome");
    }

    Choice outcome() {
        return Choice.between(
                        ChoiceRule.when(Jsonata.of(
                                        "$exists($published.publishing[%s])".formatted(ExecutionContext.IS_MINE)))
                                .comment("this run still has the claim")
                                .next("AwaitOwnLateCalls"),
                        ChoiceRule.when(Jsonata.of(
                                        "$exists($published.history[%s])".formatted(ExecutionContext.IS_MINE)))
                                .comment("the commit took effect")
                                .next(afterCommit))
                .otherwise(FailureStates.FIRST);
    }

    /** Waits only if a call of this execution, possibly from before its redrive, may still take effect. */
    Wait awaitOwnLateCalls() {
        return Wait.seconds(Jsonata.of("$failure.error in %s or $claimRedrives != %s ? %d : 0"
                        .formatted(
                                UNCERTAIN, ExecutionContext.REDRIVES.expression(), ExecutionContext.LATE_CALL_SECONDS)))
                .next("Redriven");
    }

    /** Other runs may have found this one ended, so it continues to publish under a new claim. */
    Choice redriven() {
        return Choice.between(ChoiceRule.when(
                                Jsonata.of("$claimRedrives != %s".formatted(ExecutionContext.REDRIVES.expression())))
                        .comment(DataPreparationWorkflow.REDRIVEN)
                        .next("ClaimPublication"))
                .otherwise("ClaimRestoration");
    }

    Task claimRestoration() {
        return new ClaimStates(resources)
                .claim()
                .assign("restored", Jsonata.of("$merge([{}, %s])".formatted(withoutClaim())))
                .catching(restoring("ClaimRestoration"))
                .next("RestoreData");
    }

    Parallel restoreData() {
        return new PublishedViews(resources, Jsonata.of("$restored"))
                .show("Again")
                .catching(restoring("RestoreData"))
                .next("RestoreManifest");
    }

    Task restoreManifest() {
        return new Manifest(resources)
                .replace(Jsonata.of("$claimEtag"), Jsonata.of("$restored"))
                .catching(restoring("RestoreManifest"))
                .next(FailureStates.FIRST);
    }

    private static String withoutClaim() {
        return "$sift($published, function($value, $key) { $key != 'publishing' })";
    }

    /** Reports both errors. */
    private static Catch restoring(String state) {
        var cause = Jsonata.text(
                Jsonata.of(FailureStates.CAUSE),
                " (while restoring the previous publication, after ",
                Jsonata.of("$failure.state"),
                " failed with ",
                Jsonata.of("$failure.error"),
                ": ",
                Jsonata.of("$failure.cause"),
                ")");
        return Catch.all()
                .assign(
                        FailureStates.VARIABLE,
                        FailureStates.failure(state, Jsonata.of("$states.errorOutput.Error"), cause))
                .next(FailureStates.FIRST);
    }
}
