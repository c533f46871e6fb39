package dataprep.workflow;

import dataprep.asl.Branch;
import dataprep.asl.Choice;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Parallel;
import dataprep.asl.Payload;
import dataprep.asl.Rule;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import java.util.List;

/** From a run's data set to the published one. */
record PublicationStates(Plan plan, Resources resources) {
    /** The job writes none that one copyObject could not copy. */
    private static final String CSV_WRITTEN = "$type($quality.output_csv) = 'string'";

    Parallel loadData() {
        return Parallel.of(publishCsv(), Branch.of("PointTable", pointTable()))
                .catching(FailureStates.from("LoadData"))
                .next("CommitManifest");
    }

    private Branch publishCsv() {
        var read = Statement.allow("s3:GetObject").on(resources.objectsArn(LakePaths.DATASET + "*"));
        var write = Statement.allow("s3:PutObject").on(resources.objectsArn(LakePaths.OUTPUT_CSV));
        var copy = Task.awsSdk("s3", "copyObject", read, write)
                .argument("Bucket", resources.dataBucket())
                .argument("Key", LakePaths.OUTPUT_CSV)
                .argument("CopySource", Jsonata.of("$substringAfter($quality.output_csv, 's3://')"))
                .timeoutSeconds(10 * Run.API_CALL_SECONDS)
                .retry(Retries.of(Retries.S3_TRANSIENT))
                .end();
        return Branch.startAt("CsvWritten")
                .state(
                        "CsvWritten",
                        Choice.between(Rule.when(Jsonata.of(CSV_WRITTEN)).next("PublishCsv"))
                                .otherwise("DatasetOnly"))
                .state("PublishCsv", copy)
                .state("DatasetOnly", Succeed.create());
    }

    private Task pointTable() {
        var update = Statement.allow("glue:UpdateTable")
                .on(
                        resources.glueArn("catalog"),
                        resources.glueArn("database/" + resources.database()),
                        resources.glueArn("table/%s/%s".formatted(resources.database(), resources.table())));
        return Task.awsSdk("glue", "updateTable", update)
                .argument("DatabaseName", resources.database())
                .argument(
                        "TableInput",
                        PublishedTable.input(resources.table(), plan.columns(), Jsonata.of("$quality.dataset")))
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .retry(Retries.of(Errors.GLUE_TRANSIENT), Retries.of(List.of("Glue.ConcurrentModificationException")))
                .end();
    }

    /** The one write that makes a run the current one. */
    Task commitManifest() {
        var write = Statement.allow("s3:PutObject").on(resources.objectsArn(LakePaths.MANIFEST));
        return Task.awsSdk("s3", "putObject", write)
                .argument("Bucket", resources.dataBucket())
                .argument("Key", LakePaths.MANIFEST)
                .argument("ContentType", "application/json")
                .argument("Body", manifest())
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .retry(Retries.of(Retries.S3_TRANSIENT))
                .catching(FailureStates.from("CommitManifest"))
                .next("Published");
    }

    private Jsonata manifest() {
        var table = resources.database() + "." + resources.table();
        var csv = "s3://%s/%s".formatted(resources.dataBucket(), LakePaths.OUTPUT_CSV);
        return Jsonata.of(
                """
                $string({
                  'run_id': $states.context.Execution.Name,
                  'published_at': $now(),
                  'version': %s,
                  'dataset': $quality.dataset,
                  'output_csv': %s ? %s : null,
                  'table': %s,
                  'rows': $quality.rows_out,
                  'sources': [$sources.{'name': name, 'uri': uri, 'bytes': bytes, 'etag': etag}]
                })""".formatted(Jsonata.quote(plan.version()), CSV_WRITTEN, Jsonata.quote(csv), Jsonata.quote(table)));
    }

    Succeed published() {
        return Succeed.create()
                .output(Payload.with("published", true)
                        .and("run_id", Run.ID)
                        .and("rows", Jsonata.of("$quality.rows_out"))
                        .and("dataset", Jsonata.of("$quality.dataset")));
    }
}
