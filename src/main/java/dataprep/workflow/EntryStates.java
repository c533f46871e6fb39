package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Task;
import dataprep.settings.WorkflowSettings;
import java.util.Map;

/**
 * What is published now, and what the run is asked to do.
 *
 * <p>Assigns {@code published}, the manifest, {@code publishedEtag}, its etag; {@code run}, the run that is to be
 * published, {@code version}, that of code and recipe; {@code full}, whether all is taken anew; {@code extraction}, which
 * tells the copies of one extraction from those of the next, should the run start again.
 */
record EntryStates(WorkflowSettings plan, ResourceNames resources) {
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

    /** A new run, or one that was published before and is kept: its data set and its manifest are there. */
    Choice requested() {
        var kept = "%s in $published.history.run_id".formatted(ROLLBACK_TO.expression());
        var wanted = "$exists(%s)".formatted(ROLLBACK_TO.expression());
        return Choice.between(
                        ChoiceRule.when(Jsonata.of("%s and %s".formatted(wanted, kept)))
                                .comment("rollback")
                                .assign("run", ROLLBACK_TO)
                                .assign(
                                        "kept",
                                        Jsonata.of(
                                                "$published.history[run_id = %s]".formatted(ROLLBACK_TO.expression())))
                                .next("ReadKeptRun"),
                        ChoiceRule.when(Jsonata.of(wanted))
                                .comment("rollback to a run that is not kept")
                                .assign(FailureStates.VARIABLE, notKept())
                                .next(FailureStates.FIRST))
                .otherwise("ExtractData")
                .assign("run", ExecutionContext.ID)
                .assign("version", plan.version())
                .assign("full", full())
                .assign("extraction", Jsonata.of("$string($millis())"));
    }

    private static Object notKept() {
        var cause = Jsonata.text(
                "rollback_to: invalid value ",
                Jsonata.of("$string(%s)".formatted(ROLLBACK_TO.expression())),
                "; must be a retained run: ",
                Jsonata.of("$join([$published.history.run_id], ', ')"));
        return FailureStates.failure("Requested", "RunNotKept", cause);
    }

    /** A publication that nobody ended may have left its traces in what readers see. */
    private Jsonata full() {
        return Jsonata.of(
                "$states.context.Execution.Input.force = true or $not($published.version = %s) or $exists($published.publishing)"
                        .formatted(Jsonata.quote(plan.version())));
    }
}
