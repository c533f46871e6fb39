package dataprep.workflow;

import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import dataprep.settings.WorkflowSettings;

/**
 * Transforms the raw copies into a data set and evaluates the quality gate.
 *
 * <p>Assigns {@code jobRun}, the job run's id, {@code quality}, its report, and {@code manifest}, the manifest to
 * publish.
 */
record TransformationStates(
        WorkflowSettings settings, ResourceNames resources, TableStates table, PublicationStates publication) {

    Task transformData() {
        var start = jobRun(settings, resources, arguments());
        return settings.workers()
                .map(workers ->
                        start.argument("WorkerType", workers.type()).argument("NumberOfWorkers", workers.number()))
                .orElse(start)
                .assign("jobRunState", Jsonata.of("$states.result.JobRunState"))
                .assign("jobRun", Jsonata.of("$states.result.Id"))
                .catching(FailureStates.from("TransformData"))
                .next("TransformEnded");
    }

    /** A full run has no published data set to merge with. */
    private Object arguments() {
        var always = table.arguments(place(resources)
                .and("--recipe", resources.recipeUri())
                .and("--raw_prefix", resources.extraction())
                .and(SparkConfiguration.ARGUMENT, SparkConfiguration.of(settings, resources.region())));
        return settings.incrementalSource().isEmpty()
                ? always
                : always.and("--published", Jsonata.of("$full ? 'none' : $published.dataset"));
    }

    /** Starts a run of the job and waits for its end. */
    static Task jobRun(WorkflowSettings settings, ResourceNames resources, Object arguments) {
        return Task.glueStartJobRunSync(
                        resources.transformJob(), resources.arn("glue", "job/" + resources.transformJob()))
                .argument("Arguments", arguments)
                .timeoutSeconds(settings.transformTimeoutMinutes() * 60 + ExecutionContext.GRACE_SECONDS)
                .retry(Retries.of(Errors.GLUE_TRANSIENT));
    }

    /** The arguments that name the run and where the lake is. */
    static Payload place(ResourceNames resources) {
        var prefix = resources.paths().prefix();
        var place = Payload.with("--run_id", ExecutionContext.ID).and("--data_bucket", resources.dataBucket());
        return prefix.isEmpty() ? place : place.and("--prefix", prefix);
    }

    /** Step Functions reports a stopped job run as a success. */
    Choice transformEnded() {
        var cause = Jsonata.text("the Glue job run ended with status ", Jsonata.of("$jobRunState"));
        return Choice.between(ChoiceRule.when(Jsonata.of("$jobRunState = 'SUCCEEDED'"))
                        .next("ReadQuality"))
                .otherwise(FailureStates.FIRST)
                .assign(FailureStates.VARIABLE, FailureStates.failure("TransformData", "JobRunNotSucceeded", cause));
    }

    Task readQuality() {
        var read = Statement.allow("s3:GetObject")
                .on(resources.objectsArn(resources.paths().reports() + "*"));
        // without it S3 reports a missing report as AccessDenied
        var list = Statement.allow("s3:ListBucket").on(resources.bucketArn());
        return Task.awsSdk("s3", "getObject", read, list)
                .argument("Bucket", resources.dataBucket())
                .argument("Key", resources.report("quality.json"))
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .assign("quality", Jsonata.of("$parse($states.result.Body)"))
                .retry(Retries.of(Retries.S3_TRANSIENT))
                .catching(FailureStates.from("ReadQuality"))
                .next("QualityGate");
    }

    /** Only a report with the verdict passed continues. */
    Choice qualityGate() {
        var broken = Jsonata.of(
                "$join([$quality.rules[$not(passed) and severity = 'fail run'].(name & ': ' & message)], '; ')");
        return Choice.between(ChoiceRule.when(Jsonata.of("$quality.verdict = 'passed'"))
                        .assign("manifest", publication.manifest(settings))
                        .next("StageManifest"))
                .otherwise(FailureStates.FIRST)
                .assign(FailureStates.VARIABLE, FailureStates.failure("QualityGate", "RulesNotMet", broken));
    }
}
