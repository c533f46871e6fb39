package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Task;
import dataprep.settings.WorkflowSettings;
import java.util.Map;

/**
 * Reads the manifest and the run's input.
 *
 * <p>Assigns {@code published}, the manifest, {@code publishedEtag}, its etag; {@code run}, the run to publish; {@code
 * version}, the hash of code and recipe; {@code full}, whether all objects are extracted again; {@code extraction},
 * which distinguishes the copies of one extraction from those of the next if the run restarts.
 *
 * @param first the state with which a new run begins
 */
record EntryStates(WorkflowSettings settings, ResourceNames resources, String first) {
    private static final Jsonata ROLLBACK_TO = Jsonata.of("$states.context.Execution.Input.rollback_to");

    Task readPublished() {
        return new Manifest(resources)
                .read()
                .assign("published", Jsonata.of("$parse($states.result.Body)"))
                .assign("publishedEtag", Jsonata.of("$states.result.ETag"))
                .catching(
                        Catch.on(Manifest.MISSING)
                                .assign("published", Map.of())
                                .assign("publishedEtag", "")
                                .next("Requested"),
                        FailureStates.from("ReadPublished").assign("published", Map.of()))
                .next("Requested");
    }

    /** Chooses between a new run and a rollback to a retained run, whose data set and manifest still exist. */
    Choice requested() {
        var isRetained = "%s in $published.history.run_id".formatted(ROLLBACK_TO.expression());
        var isRollback = "$exists(%s)".formatted(ROLLBACK_TO.expression());
        return Choice.between(
                        ChoiceRule.when(Jsonata.of("%s and %s".formatted(isRollback, isRetained)))
                                .comment("rollback")
                                .assign("run", ROLLBACK_TO)
                                .assign(
                                        "kept",
                                        Jsonata.of(
                                                "$published.history[run_id = %s]".formatted(ROLLBACK_TO.expression())))
                                .next("ReadKeptRun"),
                        ChoiceRule.when(Jsonata.of(isRollback))
                                .comment("rollback to a run that is not retained")
                                .assign(FailureStates.VARIABLE, notRetained())
                                .next(FailureStates.FIRST))
                .otherwise(first)
                .assign("run", ExecutionContext.ID)
                .assign("version", settings.version())
                .assign("full", full())
                .assign("extraction", Jsonata.of("$string($millis())"));
    }

    private static Object notRetained() {
        var cause = Jsonata.text(
                "rollback_to: invalid value ",
                Jsonata.of("$string(%s)".formatted(ROLLBACK_TO.expression())),
                "; must be a retained run: ",
                Jsonata.of("$join([$published.history.run_id], ', ')"));
        return FailureStates.failure("Requested", "RunNotKept", cause);
    }

    /** An interrupted publication may have changed what readers see. */
    private Jsonata full() {
        return Jsonata.of(
                "$states.context.Execution.Input.force = true or $not($published.version = %s) or $exists($published.publishing)"
                        .formatted(Jsonata.quote(settings.version())));
    }
}
