package dataprep.workflow;

import static dataprep.asl.Jsonata.text;
import static dataprep.workflow.Recoveries.NOTIFY_FAILURE;
import static dataprep.workflow.Recoveries.S3_TRANSIENT;
import static dataprep.workflow.Recoveries.failing;
import static dataprep.workflow.Recoveries.failure;
import static dataprep.workflow.Recoveries.retrying;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.Errors;
import dataprep.asl.Fail;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Parallel;
import dataprep.asl.Payload;
import dataprep.asl.Rule;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import java.util.List;

/**
 * The data preparation as a state machine: extract all sources, transform, check, publish.
 *
 * <p>The run's id is the execution's name. States hand on pointers and counts, never data; what later states need is a
 * variable. The published data changes in {@code LoadData} and {@code CommitManifest} only.
 */
public final class DataPreparationWorkflow {
    /** What one copyObject can copy. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
    private static final long COPY_LIMIT_BYTES = 5L << 30;

    private static final String CSV_FITS =
            "($type($quality.output_csv) = 'string' and $quality.output_csv_bytes <= %d)".formatted(COPY_LIMIT_BYTES);

    private static final int API_CALL_SECONDS = 60;
    /** For Lambda and Glue to report their own timeout before the state's cuts them off. */
    private static final int GRACE_SECONDS = 120;

    private static final Jsonata RUN_ID = Jsonata.of("$states.context.Execution.Name");

    private final Plan plan;
    private final Resources resources;

    private DataPreparationWorkflow(Plan plan, Resources resources) {
        this.plan = plan;
        this.resources = resources;
    }

    public static StateMachine define(Plan plan, Resources resources) {
        var workflow = new DataPreparationWorkflow(plan, resources);
        return StateMachine.startAt("ExtractData")
                .comment("Extracts the sources, transforms them by the recipe, publishes what passes the quality gate")
                .timeoutSeconds(plan.runTimeoutMinutes() * 60)
                .state("ExtractData", workflow.extractData())
                .state("NewData", workflow.newData())
                .state("NothingToDo", Succeed.create().output(Payload.with("published", false)))
                .state("TransformData", workflow.transformData())
                .state("TransformEnded", workflow.transformEnded())
                .state("ReadQuality", workflow.readQuality())
                .state("QualityGate", workflow.qualityGate())
                .state("LoadData", workflow.loadData())
                .state("CommitManifest", workflow.commitManifest())
                .state("Published", workflow.published())
                .state(NOTIFY_FAILURE, workflow.notifyFailure())
                .state("PipelineFailed", pipelineFailed());
    }

    private Map extractData() {
        var extractSource = Task.lambdaInvoke(resources.extractFunctionArn())
                .argument("Payload", Jsonata.of("$states.input"))
                .timeoutSeconds(plan.extractTimeoutSeconds() + GRACE_SECONDS)
                .output(Jsonata.of("$states.result.Payload"))
                .retry(retrying(Errors.LAMBDA_TRANSIENT), retrying(List.of("SourceUnavailable")))
                .end();
        var sources = plan.sources().stream()
                .map(source -> source.in(resources.dataBucket()))
                .toList();
        return Map.each(Branch.of("ExtractSource", extractSource))
                .over(sources)
                .itemSelector(Payload.with("source", Jsonata.of("$states.context.Map.Item.Value"))
                        .and("run_id", RUN_ID)
                        .and(
                                "destination",
                                text(
                                        "s3://" + resources.dataBucket() + "/" + LakePaths.RAW + "run_id=",
                                        RUN_ID,
                                        "/",
                                        Jsonata.of("$states.context.Map.Item.Value.name"),
                                        "/")))
                .maxConcurrency(plan.extractConcurrency())
                .assign("force", Jsonata.of("$states.input.force = true"))
                .assign("sources", Jsonata.of("[$states.result]"))
                .catching(failing("ExtractData"))
                .next("NewData");
    }

    private Choice newData() {
        var due = Jsonata.of("$force or $count($sources[changed or published_version != %s]) > 0"
                .formatted(Jsonata.quote(plan.version())));
        return Choice.between(Rule.when(due).next("TransformData")).otherwise("NothingToDo");
    }

    private Task transformData() {
        var arguments = Payload.with("--run_id", RUN_ID)
                .and("--data_bucket", resources.dataBucket())
                .and("--recipe", resources.recipeUri())
                .and("--raw_prefix", text(LakePaths.RAW + "run_id=", RUN_ID, "/"));
        return Task.glueStartJobRunSync(resources.transformJob(), resources.glueArn("job/" + resources.transformJob()))
                .argument("Arguments", arguments)
                .timeoutSeconds(plan.transformTimeoutMinutes() * 60 + GRACE_SECONDS)
                .assign("jobRunState", Jsonata.of("$states.result.JobRunState"))
                .retry(retrying(Errors.GLUE_TRANSIENT))
                .catching(failing("TransformData"))
                .next("TransformEnded");
    }

    /** A run that somebody stopped comes back as a success. */
    private Choice transformEnded() {
        var failure = failure(
                "TransformData", "TransformStopped", text("the Glue job run ended as ", Jsonata.of("$jobRunState")));
        return Choice.between(
                        Rule.when(Jsonata.of("$jobRunState = 'SUCCEEDED'")).next("ReadQuality"))
                .otherwise(NOTIFY_FAILURE)
                .assign("failure", failure);
    }

    private Task readQuality() {
        var read = Statement.allow("s3:GetObject").on(resources.objectsArn(LakePaths.REPORTS + "*"));
        // without it a missing report is reported as a missing permission
        var list = Statement.allow("s3:ListBucket").on(resources.bucketArn());
        return Task.awsSdk("s3", "getObject", read, list)
                .argument("Bucket", resources.dataBucket())
                .argument("Key", report("quality.json"))
                .timeoutSeconds(API_CALL_SECONDS)
                .assign("quality", Jsonata.of("$parse($states.result.Body)"))
                .retry(retrying(S3_TRANSIENT))
                .catching(failing("ReadQuality"))
                .next("QualityGate");
    }

    private Choice qualityGate() {
        var broken = Jsonata.of("$join($quality.rules[$not(passed)].(name & ': ' & message), '; ')");
        return Choice.between(
                        Rule.when(Jsonata.of("$quality.verdict = 'passed'")).next("LoadData"))
                .otherwise(NOTIFY_FAILURE)
                .assign("failure", failure("QualityGate", "QualityGateFailed", broken));
    }

    private Parallel loadData() {
        return Parallel.of(publishCsv(), pointTable())
                .catching(failing("LoadData"))
                .next("CommitManifest");
    }

    private Branch publishCsv() {
        var read = Statement.allow("s3:GetObject").on(resources.objectsArn(LakePaths.REPORTS + "*"));
        var write = Statement.allow("s3:PutObject").on(resources.objectsArn(LakePaths.OUTPUT_CSV));
        var copy = Task.awsSdk("s3", "copyObject", read, write)
                .argument("Bucket", resources.dataBucket())
                .argument("Key", LakePaths.OUTPUT_CSV)
                .argument("CopySource", text(resources.dataBucket() + "/", report("output.csv")))
                .timeoutSeconds(10 * API_CALL_SECONDS)
                .retry(retrying(S3_TRANSIENT))
                .end();
        return Branch.startAt("CsvFits")
                .state(
                        "CsvFits",
                        Choice.between(Rule.when(Jsonata.of(CSV_FITS)).next("PublishCsv"))
                                .otherwise("DatasetOnly"))
                .state("PublishCsv", copy)
                .state("DatasetOnly", Succeed.create());
    }

    private Branch pointTable() {
        var update = Statement.allow("glue:UpdateTable")
                .on(
                        resources.glueArn("catalog"),
                        resources.glueArn("database/" + resources.database()),
                        resources.glueArn("table/%s/%s".formatted(resources.database(), resources.table())));
        var task = Task.awsSdk("glue", "updateTable", update)
                .argument("DatabaseName", resources.database())
                .argument(
                        "TableInput",
                        PublishedTable.input(resources.table(), plan.columns(), Jsonata.of("$quality.dataset")))
                .timeoutSeconds(API_CALL_SECONDS)
                .retry(retrying(Errors.GLUE_TRANSIENT), retrying(List.of("Glue.ConcurrentModificationException")))
                .end();
        return Branch.of("PointTable", task);
    }

    private Task commitManifest() {
        var manifest = Jsonata.of("""
                $string({
                  'run_id': $states.context.Execution.Name,
                  'published_at': $now(),
                  'version': %s,
                  'dataset': $quality.dataset,
                  'output_csv': %s ? %s : null,
                  'table': %s,
                  'rows': $quality.rows_out,
                  'sources': [$sources.{'name': name, 'uri': uri, 'bytes': bytes, 'etag': etag}]
                })""".formatted(
                        Jsonata.quote(plan.version()), Jsonata.quote(resources.database() + "." + resources.table())));
        var write = Statement.allow("s3:PutObject").on(resources.objectsArn(LakePaths.MANIFEST));
        return Task.awsSdk("s3", "putObject", write)
                .argument("Bucket", resources.dataBucket())
                .argument("Key", LakePaths.MANIFEST)
                .argument("ContentType", "application/json")
                .argument("Body", manifest)
                .timeoutSeconds(API_CALL_SECONDS)
                .retry(retrying(S3_TRANSIENT))
                .catching(failing("CommitManifest"))
                .next("Published");
    }

    private Succeed published() {
        return Succeed.create()
                .output(Payload.with("published", true)
                        .and("run_id", RUN_ID)
                        .and("rows", Jsonata.of("$quality.rows_out"))
                        .and("dataset", Jsonata.of("$quality.dataset")));
    }

    private Task notifyFailure() {
        var message = Jsonata.of("""
                $string({
                  'state': $failure.state,
                  'error': $failure.error,
                  'cause': $failure.cause,
                  'run_id': $states.context.Execution.Name,
                  'execution': $states.context.Execution.Id,
                  'started_at': $states.context.Execution.StartTime
                }, true)""");
        return Task.snsPublish(resources.failureTopicArn())
                .argument("Subject", text("Data preparation failed in ", Jsonata.of("$failure.state")))
                .argument("Message", message)
                .timeoutSeconds(API_CALL_SECONDS)
                .retry(retrying(List.of(Errors.TASK_FAILED)))
                .catching(Catch.all().next("PipelineFailed"))
                .next("PipelineFailed");
    }

    /** Reserved names such as States.Timeout cannot be an error's own, so it is named after the state. */
    private static Fail pipelineFailed() {
        return Fail.error(text(Jsonata.of("$failure.state"), "Failed"))
                .cause(text(Jsonata.of("$failure.error"), ": ", Jsonata.of("$failure.cause")));
    }

    private static Jsonata report(String file) {
        return text(LakePaths.REPORTS + "run_id=", RUN_ID, "/" + file);
    }
}
