package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Parallel;
import dataprep.asl.Payload;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.settings.WorkflowSettings;

/**
 * Publishes the run's manifest; assigns {@code csvVersion}.
 *
 * @param iceberg whether the run's data set is a version of an Iceberg table
 */
public record PublicationStates(ResourceNames resources, boolean iceberg) {
    /** The kind of publication in the output of an execution that published its own run; not of a rollback. */
    public static final String NEW_RUN = "new run";

    /**
     * Stores the manifest beside its data set, so that a rollback restores all of it, including the sources' versions.
     */
    Task stageManifest() {
        return new Manifest(resources)
                .stage(Jsonata.of("$manifest"))
                .catching(FailureStates.from("StageManifest"))
                .next("PublicationFree");
    }

    Parallel loadData() {
        return new PublishedViews(resources, Jsonata.of("$manifest"))
                .show("")
                .assign(
                        "csvVersion",
                        Jsonata.of("$exists($states.result[0].VersionId) ? $states.result[0].VersionId : null"))
                .catching(FailureStates.assigning("LoadData").next("ReadOutcome"))
                .next(DataPreparationWorkflow.COMMIT);
    }

    /** The write that makes the run the current one. */
    Task commitManifest() {
        var committed = Jsonata.of("""
                $merge([$manifest, {
                  'execution': $states.context.Execution.Id,
                  'published_at': $now(),
                  'output_csv_version': $csvVersion
                }])""");
        return new Manifest(resources)
                .replace(Jsonata.of("$claimEtag"), committed)
                .catching(FailureStates.assigning("CommitManifest").next("ReadOutcome"));
    }

    /** The manifest of a new run; reads {@code quality}, the job's report, and {@code sources}. */
    Jsonata manifest(WorkflowSettings settings) {
        var table = resources.database() + "." + resources.table();
        var csv =
                "s3://%s/%s".formatted(resources.dataBucket(), resources.paths().outputCsv());
        return Jsonata.of("""
                {
                  'run_id': $run,
                  'version': $version,
                  'report': %s,
                  'recipe': $quality.recipe,
                  'recipe_sha256': $quality.recipe_sha256,
                  'rows': $quality.rows_out,
                  'rows_in': $quality.rows_in,
                  'rows_quarantined': $quality.rows_quarantined,
                  'dataset': $quality.dataset,
                  'dataset_bytes': $quality.dataset_bytes,
                  'objects': $quality.objects,
                  'description': $quality.description,
                  'columns': [$quality.columns],
                  'partitioning': $quality.partitioning,
                  'schema_sha256': $quality.schema_sha256,
                  'output_csv': $type($quality.output_csv) = 'string' ? %s : null,
                  'output_csv_copied_from': $quality.output_csv,
                  'table': %s,%s
                  'sources': [$sources.{
                    'name': name, 'uri': uri, 'bytes': bytes, 'etag': etag, 'copied_at': copied_at%s
                  }],
                  'history': %s%s
                }""".formatted(
                        Jsonata.text("s3://" + resources.dataBucket() + "/", resources.report("quality.json"))
                                .expression(),
                        Jsonata.quote(csv),
                        Jsonata.quote(table),
                        settings.usesWatermark() ? "\n  'watermark': $quality.watermark," : "",
                        settings.hasPagedSources() ? ", 'pages': pages, 'records': records" : "",
                        history("$quality", "$quality.rows_out", settings.keptRuns()),
                        iceberg ? ",\n  'metadata_location': $quality.table.metadata_location" : ""));
    }

    /**
     * The retained runs after the publication, the current one first.
     *
     * @param run its report, or its entry in the history
     */
    String history(String run, String rows, int keptRuns) {
        return """
                [$append(
                  [{
                    'run_id': $run,
                    'execution': $states.context.Execution.Id,
                    'started_at': $states.context.Execution.StartTime,
                    'published_at': $now(),
                    'rows': %s,
                    'dataset': %s.dataset%s
                  }],
                  [$published.history[run_id != $run]]
                )[[0..%d]]]""".formatted(rows, run, metadata(run), keptRuns - 1);
    }

    private String metadata(String run) {
        return iceberg
                ? ",\n    'metadata_location': [%1$s.metadata_location, %1$s.table.metadata_location][0]".formatted(run)
                : "";
    }

    Succeed published() {
        return Succeed.create()
                .output(Payload.with("published", true)
                        .and("run_id", Jsonata.of("$run"))
                        .and("rows", Jsonata.of("$manifest.rows"))
                        .and("dataset", Jsonata.of("$manifest.dataset"))
                        .and("warnings", Jsonata.of("$pruneWarnings"))
                        .and(
                                "kind",
                                Jsonata.of("%s ? '%s' : 'rollback'".formatted(ExecutionContext.IS_NEW_RUN, NEW_RUN))));
    }
}
