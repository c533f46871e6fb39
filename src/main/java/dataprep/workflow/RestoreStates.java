package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.Jsonata;
import dataprep.asl.Parallel;
import dataprep.asl.Rule;
import dataprep.asl.Task;

/**
 * The way back from a publication that failed midway: readers see again what the manifest says.
 *
 * <p>Assigns {@code current}, the manifest, and {@code currentEtag}. What cannot be restored leaves the claim in the
 * manifest, and the next run publishes anew.
 *
 * @param afterCommit the state that follows the commit
 */
record RestoreStates(Resources resources, String afterCommit) {

    Task readOutcome() {
        return new Manifest(resources)
                .read()
                .assign("current", Jsonata.of("$parse($states.result.Body)"))
                .assign("currentEtag", Jsonata.of("$states.result.ETag"))
                .catching(Catch.all().next(FailureStates.FIRST))
                .next("Outcome");
    }

    Choice outcome() {
        var mine = "$states.context.Execution.Id";
        return Choice.between(
                        Rule.when(Jsonata.of("$current.execution = %s and $not($exists($current.publishing))"
                                        .formatted(mine)))
                                .comment("committed after all")
                                .next(afterCommit),
                        Rule.when(Jsonata.of("$exists($current.publishing) and $not($current.publishing.execution = %s)"
                                        .formatted(mine)))
                                .comment("another run publishes")
                                .next(FailureStates.FIRST))
                .otherwise("RestoreData");
    }

    Parallel restoreData() {
        var nothing = "s3://%s/%srun_id=none/".formatted(resources.dataBucket(), LakePaths.DATASET);
        var views = new Views(
                resources,
                Jsonata.of("$exists($current.dataset) ? $current.dataset : " + Jsonata.quote(nothing)),
                Jsonata.of("[$exists($current.columns) ? $current.columns : $quality.columns]"),
                Jsonata.of("$current.output_csv_copied_from"),
                Jsonata.of("$quality.output_csv"));
        return views.show("Again").catching(restoring("RestoreData")).next("WasPublished");
    }

    Choice wasPublished() {
        return Choice.between(Rule.when(Jsonata.of("$exists($current.run_id)")).next("RestoreManifest"))
                .otherwise("RemoveManifest");
    }

    Task restoreManifest() {
        var unclaimed = Jsonata.of("$string($sift($current, function($value, $key) { $key != 'publishing' }))");
        return new Manifest(resources)
                .replace(Jsonata.of("$currentEtag"), unclaimed)
                .catching(restoring("RestoreManifest"))
                .next(FailureStates.FIRST);
    }

    Task removeManifest() {
        return new Manifest(resources)
                .remove()
                .catching(restoring("RemoveManifest"))
                .next(FailureStates.FIRST);
    }

    /** Tells of both failures. */
    private static Catch restoring(String state) {
        var cause = Jsonata.text(
                Jsonata.of("$states.errorOutput.Cause"),
                " (while restoring what was published before, after ",
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
