package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.asl.Task;
import dataprep.settings.WorkflowSettings;

/**
 * The states of a data set that is an Iceberg table; other data sets have none of them.
 *
 * <p>Before a new run begins, the catalog must name the metadata file of the published run: what another writer has
 * changed would otherwise be lost. After a publication, the job deletes the files that no retained run needs.
 */
record TableStates(WorkflowSettings settings, ResourceNames resources) {
    private static final String CATALOG = "$catalogMetadata = '' ? 'no metadata file' : $catalogMetadata";
    /** The message of the job; the cause is the JSON of the job run, unless the task itself failed. */
    private static final String JOB_ERROR = PruneStates.error(
            "$substringBefore($substringAfter($states.errorOutput.Cause, '\"ErrorMessage\":\"'), '\",\"')");

    private static final String MANIFEST = "[$published.metadata_location, 'no metadata file'][0]";

    /** The state with which a new run begins. */
    String first() {
        return settings.iceberg() ? "ReadCatalogTable" : "ExtractData";
    }

    /** The state after the data sets of earlier runs are deleted. */
    String afterPruning() {
        return settings.iceberg() ? "FilesToExpire" : "Published";
    }

    StateMachine addTo(StateMachine machine) {
        return settings.iceberg()
                ? machine.state("ReadCatalogTable", readCatalogTable())
                        .state("TableKnown", tableKnown())
                        .state("ConfirmPublished", confirmPublished())
                        .state("TableChanged", tableChanged())
                        .state("FilesToExpire", filesToExpire())
                        .state("ExpireFiles", expireFiles())
                        .state("FilesExpired", filesExpired())
                : machine;
    }

    /** The job's arguments for the table, besides those of every data set. */
    Payload arguments(Payload others) {
        var retained = "$join(['none', $filter($published.history[run_id != $run], function($entry, $place)"
                + " { $place < %d }).run_id], ',')".formatted(settings.keptRuns() - 1);
        return settings.iceberg()
                ? others.and("--datalake-formats", "iceberg")
                        .and("--table", Jsonata.of("[$published.metadata_location, 'none'][0]"))
                        .and("--kept_runs", Jsonata.of(retained))
                        .and("--force", Jsonata.of("$states.context.Execution.Input.force = true ? 'true' : 'false'"))
                : others;
    }

    private Task readCatalogTable() {
        return PublishedViews.getTable(resources)
                .assign("catalogMetadata", Jsonata.of(PublishedViews.METADATA))
                .catching(FailureStates.from("ReadCatalogTable"))
                .next("TableKnown");
    }

    /** A claim of an ended execution may have left another version, which the run replaces. */
    private Choice tableKnown() {
        var known = "$exists($published.publishing) or $catalogMetadata = [$published.metadata_location, ''][0]";
        return Choice.between(ChoiceRule.when(Jsonata.of(known))
                        .comment("the catalog names the published version")
                        .next("ExtractData"))
                .otherwise("ConfirmPublished");
    }

    private Task confirmPublished() {
        return new Manifest(resources)
                .read()
                .assign("confirmedEtag", Jsonata.of("$states.result.ETag"))
                .catching(
                        Catch.on(Manifest.MISSING).assign("confirmedEtag", "").next("TableChanged"),
                        FailureStates.from("ConfirmPublished"))
                .next("TableChanged");
    }

    private Choice tableChanged() {
        var cause = Jsonata.text(
                "another writer has changed the table: the catalog names ",
                Jsonata.of(CATALOG),
                ", the manifest ",
                Jsonata.of(MANIFEST),
                "; a rollback to the published run publishes it again");
        return Choice.between(ChoiceRule.when(Jsonata.of("$confirmedEtag != $publishedEtag"))
                        .comment("another run has published meanwhile")
                        .next("ReadPublished"))
                .otherwise(FailureStates.FIRST)
                .assign(FailureStates.VARIABLE, FailureStates.failure("TableChanged", "TableNotPublished", cause));
    }

    /** Only a publication that ended the retention of a run leaves files that no run needs. */
    private Choice filesToExpire() {
        var due = "%s and $count($staleRuns) > 0".formatted(ExecutionContext.IS_NEW_RUN);
        return Choice.between(ChoiceRule.when(Jsonata.of(due)).next("ExpireFiles"))
                .otherwise("Published");
    }

    /** An error is a warning: the table is published, and the next run deletes the files. */
    private Task expireFiles() {
        var arguments = TransformationStates.place(resources)
                .and("--datalake-formats", "iceberg")
                .and("--table", Jsonata.of("$manifest.metadata_location"))
                .and("--expire_minutes", Integer.toString(settings.runTimeoutMinutes()));
        return TransformationStates.jobRun(settings, resources, arguments)
                .assign("expiryState", Jsonata.of("$states.result.JobRunState"))
                .catching(
                        Catch.all().assign("pruneWarnings", warning(JOB_ERROR)).next("Published"))
                .next("FilesExpired");
    }

    /** Step Functions reports a stopped job run as a success. */
    private Choice filesExpired() {
        return Choice.between(ChoiceRule.when(Jsonata.of("$expiryState != 'SUCCEEDED'"))
                        .assign("pruneWarnings", warning("'the Glue job run ended with status ' & $expiryState"))
                        .next("Published"))
                .otherwise("Published");
    }

    private static Jsonata warning(String error) {
        return Jsonata.of("[$append($pruneWarnings, 'ExpireFiles: ' & %s)]".formatted(error));
    }
}
