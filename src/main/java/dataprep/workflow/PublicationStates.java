package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Parallel;
import dataprep.asl.Payload;
import dataprep.asl.Succeed;
import dataprep.asl.Task;

/** From a run's data set to the published one; assigns {@code csvVersion}. */
record PublicationStates(Resources resources) {

    Parallel loadData() {
        var views = new Views(
                resources,
                Jsonata.of("$quality.dataset"),
                Jsonata.of("[$quality.columns]"),
                Jsonata.of("$quality.output_csv"),
                Jsonata.of("$published.output_csv"));
        return views.show("")
                .assign(
                        "csvVersion",
                        Jsonata.of("$exists($states.result[0].VersionId) ? $states.result[0].VersionId : null"))
                .catching(FailureStates.assigning("LoadData").next("ReadOutcome"))
                .next("CommitManifest");
    }

    /** The one write that makes a run the current one; what comes next is for others to say. */
    Task commitManifest() {
        return new Manifest(resources)
                .replace(Jsonata.of("$claimEtag"), manifest())
                .catching(FailureStates.assigning("CommitManifest").next("ReadOutcome"));
    }

    private Jsonata manifest() {
        var table = resources.database() + "." + resources.table();
        var csv = "s3://%s/%s".formatted(resources.dataBucket(), LakePaths.OUTPUT_CSV);
        return Jsonata.of("""
                $string({
                  'run_id': $run,
                  'execution': $states.context.Execution.Id,
                  'published_at': $now(),
                  'version': $version,
                  'recipe': $quality.recipe,
                  'recipe_sha256': $quality.recipe_sha256,
                  'rows': $quality.rows_out,
                  'rows_in': $quality.rows_in,
                  'rows_quarantined': $quality.rows_quarantined,
                  'dataset': $quality.dataset,
                  'objects': $quality.objects,
                  'columns': [$quality.columns],
                  'schema_sha256': $quality.schema_sha256,
                  'output_csv': $type($quality.output_csv) = 'string' ? %s : null,
                  'output_csv_version': $csvVersion,
                  'output_csv_copied_from': $quality.output_csv,
                  'table': %s,
                  'sources': [$sources.{
                    'name': name, 'uri': uri, 'bytes': bytes, 'etag': etag, 'copied_at': copied_at
                  }],
                  'history': $history
                })""".formatted(Jsonata.quote(csv), Jsonata.quote(table)));
    }

    Succeed published() {
        return Succeed.create()
                .output(Payload.with("published", true)
                        .and("run_id", Jsonata.of("$run"))
                        .and("rows", Jsonata.of("$quality.rows_out"))
                        .and("dataset", Jsonata.of("$quality.dataset")));
    }
}
