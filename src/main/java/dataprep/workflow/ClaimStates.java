package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.Rule;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.iam.Statement;

/**
 * One run publishes at a time, and only over what it started from; assigns {@code claimEtag}.
 *
 * <p>The claim is a conditional write of the manifest. Whoever comes second finds another manifest than the one it
 * read, and ends as superseded: what it would publish knows nothing of what was published meanwhile.
 */
record ClaimStates(Resources resources) {

    Choice publicationFree() {
        return Choice.between(Rule.when(Jsonata.of("$exists($published.publishing)"))
                        .comment("another run was publishing")
                        .next("DescribePublisher"))
                .otherwise("ClaimPublication");
    }

    /** A claim outlives a run that was aborted. */
    Task describePublisher() {
        var describe = Statement.allow("states:DescribeExecution")
                .on(resources.arn("states", "execution:%s:*".formatted(resources.stateMachine())));
        return Task.awsSdk("sfn", "describeExecution", describe)
                .argument("ExecutionArn", Jsonata.of("$published.publishing.execution"))
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .assign("publisherStatus", Jsonata.of("$states.result.Status"))
                .retry(Retries.of(Retries.STEP_FUNCTIONS_TRANSIENT))
                .catching(
                        Catch.on("Sfn.ExecutionDoesNotExistException").next("ClaimPublication"),
                        FailureStates.from("DescribePublisher"))
                .next("PublisherEnded");
    }

    Choice publisherEnded() {
        return Choice.between(Rule.when(Jsonata.of("$publisherStatus = 'RUNNING'"))
                        .comment("it still is")
                        .next("Superseded"))
                .otherwise("ClaimPublication");
    }

    Task claimPublication() {
        var claimed = Jsonata.of("""
                $string($merge([$published, {'publishing': {
                  'run_id': $run,
                  'execution': $states.context.Execution.Id,
                  'since': $now()
                }}]))""");
        return new Manifest(resources)
                .replace(Jsonata.of("$publishedEtag"), claimed)
                .assign("claimEtag", Jsonata.of("$states.result.ETag"))
                .catching(FailureStates.assigning("ClaimPublication").next("ReadClaim"))
                .next("LoadData");
    }

    /** What was refused may have been written by an earlier try whose answer was lost. */
    Task readClaim() {
        return new Manifest(resources)
                .read()
                .assign("claimed", Jsonata.of("$parse($states.result.Body)"))
                .assign("claimEtag", Jsonata.of("$states.result.ETag"))
                .catching(Catch.all().next(FailureStates.FIRST))
                .next("ClaimHeld");
    }

    Choice claimHeld() {
        return Choice.between(
                        Rule.when(Jsonata.of("$claimed.publishing.execution = $states.context.Execution.Id"))
                                .comment("claimed after all")
                                .next("LoadData"),
                        Rule.when(Jsonata.of("$claimEtag = $publishedEtag"))
                                .comment("nobody has")
                                .next(FailureStates.FIRST))
                .otherwise("Superseded");
    }

    Succeed superseded() {
        return Succeed.create().output(Payload.with("published", false).and("superseded", true));
    }
}
