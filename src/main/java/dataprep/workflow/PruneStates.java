package dataprep.workflow;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Payload;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import dataprep.settings.WorkflowSettings;

/**
 * Deletes the data sets of runs that are neither retained nor possibly still running.
 *
 * <p>An error here does not fail the run: the data set is published, the run's output names the error, and the next run
 * prunes again. Pages and passes are limited, so that payloads and the history stay below their quotas. Assigns {@code
 * pruneWarnings} and {@code staleRuns}.
 *
 * @param next the state after the deletion
 */
record PruneStates(WorkflowSettings settings, ResourceNames resources, String next) {
    private static final int RUNS_AT_A_TIME = 5;
    private static final int MOST_RUNS = 20;
    private static final int MOST_PAGES = 10;
    /** A page of the longest possible prefixes has about 130 KB. */
    private static final int PREFIXES_LISTED = 500;
    /** A page of the longest possible keys has about 140 KB. */
    private static final int OBJECTS_LISTED = 100;

    private static final int LONGEST_WARNING = 200;
    static final String ERROR = error("$states.errorOutput.Cause");

    /**
     * The error as a warning.
     *
     * @param cause an expression whose value is the error's cause
     */
    static String error(String cause) {
        return "$states.errorOutput.Error & ': ' & $substring(%s, 0, %d)".formatted(cause, LONGEST_WARNING);
    }

    Task listRuns() {
        return listRuns(prefixes());
    }

    Task listMoreRuns() {
        return listRuns(prefixes().argument("ContinuationToken", Jsonata.of("$nextPage")));
    }

    /** Assigns {@code staleRuns}, their prefixes, and {@code nextPage}, a token or an empty text. */
    private Task listRuns(Task list) {
        var stale = """
                [$filter($states.result.CommonPrefixes.Prefix, function($prefix) {
                  $not($substringBefore($substringAfter($prefix, 'run_id='), '/') in $manifest.history.run_id)
                })[[0..%d]]]""".formatted(MOST_RUNS - 1);
        return list.assign("staleRuns", Jsonata.of(stale))
                .assign(
                        "nextPage",
                        Jsonata.of(
                                "$exists($states.result.NextContinuationToken) ? $states.result.NextContinuationToken : ''"))
                .catching(Catch.all()
                        .assign("pruneWarnings", Jsonata.of("['ListRuns: ' & %s]".formatted(ERROR)))
                        .next("Published"))
                .next("PruneRuns");
    }

    Map pruneRuns() {
        return Map.each(Branch.startAt("ListRun")
                        .state("ListRun", listRun())
                        .state("RunIdle", runIdle())
                        .state("DeleteObjects", deleteObjects())
                        .state("Deleted", deleted())
                        .state("RunKept", Succeed.create()))
                .over(Jsonata.of("$staleRuns"))
                .itemSelector(Payload.with("prefix", Jsonata.of("$states.context.Map.Item.Value"))
                        .and("pages", 0)
                        .and("warning", Jsonata.of("''")))
                .maxConcurrency(RUNS_AT_A_TIME)
                .assign("pruneWarnings", Jsonata.of("[$states.result[warning != ''].(prefix & ': ' & warning)]"))
                .catching(Catch.all()
                        .assign("pruneWarnings", Jsonata.of("['PruneRuns: ' & %s]".formatted(ERROR)))
                        .next("Published"))
                .next("MoreRuns");
    }

    /**
     * Continues with the next page if this one had nothing to delete; after a warning, the next run prunes the rest.
     */
    Choice moreRuns() {
        var more = "$nextPage != '' and $count($pruneWarnings) = 0 and $count($staleRuns) < %d".formatted(MOST_RUNS);
        return Choice.between(ChoiceRule.when(Jsonata.of(more)).next("ListMoreRuns"))
                .otherwise(next);
    }

    private Task listRun() {
        return list(Jsonata.of("$states.input.prefix"), OBJECTS_LISTED)
                .assign("objects", Jsonata.of("[$states.result.Contents.{'Key': Key}]"))
                .assign("lastWritten", Jsonata.of("$max([0, $states.result.Contents.$toMillis(LastModified)])"))
                .output(Jsonata.of("$merge([$states.input, {'pages': $states.input.pages + 1}])"))
                .catching(warning("ListRun"))
                .next("RunIdle");
    }

    /** The age after which every execution has ended. */
    private Choice runIdle() {
        var idle = "$count($objects) > 0 and $states.input.pages <= %d and $lastWritten < $toMillis($now()) - %d"
                .formatted(MOST_PAGES, settings.runTimeoutMinutes() * 60_000L);
        return Choice.between(ChoiceRule.when(Jsonata.of(idle)).next("DeleteObjects"))
                .otherwise("RunKept");
    }

    /** S3 reports objects that it could not delete in a successful response. */
    private Task deleteObjects() {
        var delete = Statement.allow("s3:DeleteObject")
                .on(resources.objectsArn(resources.paths().dataset() + "*"));
        var refused = """
                $exists($states.result.Errors)
                  ? $states.result.Errors[0].Code & ' for ' & $states.result.Errors[0].Key
                    & ' and ' & $string($count($states.result.Errors) - 1) & ' other objects'
                  : ''""";
        return Task.awsSdk("s3", "deleteObjects", delete)
                .argument("Bucket", resources.dataBucket())
                .argument(
                        "Delete",
                        Payload.with("Objects", Jsonata.of("$objects")).and("Quiet", true))
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .output(Jsonata.of("$merge([$states.input, {'warning': %s}])".formatted(refused)))
                .retry(Retries.of(Retries.S3_TRANSIENT))
                .catching(warning("DeleteObjects"))
                .next("Deleted");
    }

    private Choice deleted() {
        return Choice.between(ChoiceRule.when(Jsonata.of("$states.input.warning = ''"))
                        .next("ListRun"))
                .otherwise("RunKept");
    }

    private static Catch warning(String state) {
        return Catch.all()
                .output(Jsonata.of("$merge([$states.input, {'warning': '%s: ' & %s}])".formatted(state, ERROR)))
                .next("RunKept");
    }

    private Task prefixes() {
        return list(Jsonata.of(Jsonata.quote(resources.paths().dataset())), PREFIXES_LISTED)
                .argument("Delimiter", "/");
    }

    private Task list(Jsonata prefix, int most) {
        var list = Statement.allow("s3:ListBucket").on(resources.bucketArn());
        return Task.awsSdk("s3", "listObjectsV2", list)
                .argument("Bucket", resources.dataBucket())
                .argument("Prefix", prefix)
                .argument("MaxKeys", most)
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(Retries.of(Retries.S3_TRANSIENT));
    }
}
