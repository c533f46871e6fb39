package dataprep.workflow;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Payload;
import dataprep.asl.Rule;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.iam.Statement;

/**
 * Deletes the data sets of runs that are not among the last published ones, nor perhaps still at work.
 *
 * <p>A fault in here fails no run: what it was to publish is published, and the next run prunes again.
 */
record PruneStates(Plan plan, Resources resources) {
    private static final int RUNS_AT_A_TIME = 5;

    Task listRuns() {
        var stale = """
                [$filter($states.result.CommonPrefixes.Prefix, function($prefix) {
                  $not($substringBefore($substringAfter($prefix, 'run_id='), '/') in $history.run_id)
                })]""";
        return list(Jsonata.of(Jsonata.quote(LakePaths.DATASET)))
                .argument("Delimiter", "/")
                .assign("staleRuns", Jsonata.of(stale))
                .catching(Catch.all().next("Published"))
                .next("PruneRuns");
    }

    Map pruneRuns() {
        return Map.each(Branch.startAt("ListRun")
                        .state("ListRun", listRun())
                        .state("RunIdle", runIdle())
                        .state("DeleteObjects", deleteObjects())
                        .state("RunKept", Succeed.create()))
                .over(Jsonata.of("$staleRuns"))
                .itemSelector(Payload.with("prefix", Jsonata.of("$states.context.Map.Item.Value")))
                .maxConcurrency(RUNS_AT_A_TIME)
                .catching(Catch.all().next("Published"))
                .next("Published");
    }

    private Task listRun() {
        return list(Jsonata.of("$states.input.prefix"))
                .assign("objects", Jsonata.of("[$states.result.Contents.{'Key': Key}]"))
                .assign(
                        "lastWritten",
                        Jsonata.of(
                                "$max([0, $states.result.Contents.($type(LastModified) = 'number' ? LastModified : $toMillis(LastModified))])"))
                .output(Jsonata.of("$states.input"))
                .next("RunIdle");
    }

    /** An execution that was started before that has ended, one way or another. */
    private Choice runIdle() {
        var idle = "$count($objects) > 0 and $lastWritten < $toMillis($now()) - %d"
                .formatted(plan.runTimeoutMinutes() * 60_000L);
        return Choice.between(Rule.when(Jsonata.of(idle)).next("DeleteObjects")).otherwise("RunKept");
    }

    private Task deleteObjects() {
        var delete = Statement.allow("s3:DeleteObject").on(resources.objectsArn(LakePaths.DATASET + "*"));
        return Task.awsSdk("s3", "deleteObjects", delete)
                .argument("Bucket", resources.dataBucket())
                .argument(
                        "Delete",
                        Payload.with("Objects", Jsonata.of("$objects")).and("Quiet", true))
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .output(Jsonata.of("$states.input"))
                .retry(Retries.of(Retries.S3_TRANSIENT))
                .next("ListRun");
    }

    private Task list(Jsonata prefix) {
        var list = Statement.allow("s3:ListBucket").on(resources.bucketArn());
        return Task.awsSdk("s3", "listObjectsV2", list)
                .argument("Bucket", resources.dataBucket())
                .argument("Prefix", prefix)
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .retry(Retries.of(Retries.S3_TRANSIENT));
    }
}
