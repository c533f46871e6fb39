package dataprep.components;

import com.pulumi.asset.FileAsset;
import com.pulumi.aws.glue.Job;
import com.pulumi.aws.glue.JobArgs;
import com.pulumi.aws.glue.inputs.JobCommandArgs;
import com.pulumi.aws.glue.inputs.JobExecutionPropertyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import dataprep.settings.PipelineSettings.Transformation;
import dataprep.workflow.LakePaths;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Glue job that turns the extracted sources into the data set, as its recipe says. */
public final class TransformJob extends ComponentResource {
    private static final Path SCRIPT = Path.of("glue-scripts", "transform.py");
    private static final Path PACKAGE = Path.of("glue-scripts", "dataprep");

    private final Job job;
    private final Output<String> recipeUri;

    public TransformJob(String name, PipelineSettings settings, DataLake lake, Output<AwsTarget> target) {
        super("dataprep:index:TransformJob", name);
        var script = lake.uploadScript("transform.py", new FileAsset(SCRIPT.toString()), this);
        var packages = lake.uploadScript("dataprep.zip", PythonSources.archive(PACKAGE, "dataprep/"), this);
        this.recipeUri = lake.uploadScript(
                "recipe.json", new FileAsset(settings.recipe().file().toString()), this);
        var logs = new Logs("dataTransformationLogs", settings.logGroups().job(), settings, lake, this);
        var statements = Output.tuple(target, lake.dataBucket(), lake.scriptsBucket(), logs.groupArn())
                .applyValue(t -> permissions(settings.transformation(), t.t1, t.t2, t.t3, t.t4));
        var role = new ServiceRole(
                "dataTransformationRole",
                Output.of(PolicyDocument.trust("glue.amazonaws.com")),
                lake.decrypting(statements),
                this);
        var transformation = settings.transformation();
        this.job = new Job(
                "dataTransformationJob",
                JobArgs.builder()
                        .description("Prepares the data set '%s'"
                                .formatted(settings.recipe().name()))
                        .roleArn(role.arn())
                        .glueVersion(transformation.glueVersion())
                        .workerType(transformation.workerType())
                        .numberOfWorkers(transformation.workers())
                        .timeout(transformation.timeoutMinutes())
                        .maxRetries(0)
                        .executionClass(transformation.flex() ? "FLEX" : "STANDARD")
                        .executionProperty(JobExecutionPropertyArgs.builder()
                                .maxConcurrentRuns(transformation.concurrentRuns())
                                .build())
                        .command(JobCommandArgs.builder()
                                .name("glueetl")
                                .pythonVersion("3")
                                .scriptLocation(script)
                                .build())
                        .defaultArguments(Output.tuple(packages, logs.groupName())
                                .applyValue(t -> defaultArguments(transformation, t.t1, t.t2)))
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        registerOutputs(Map.of("name", job.name(), "arn", job.arn()));
    }

    public Output<String> name() {
        return job.name();
    }

    public Output<String> arn() {
        return job.arn();
    }

    public Output<String> recipeUri() {
        return recipeUri;
    }

    /** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
    static Map<String, String> defaultArguments(Transformation settings, String packages, String logGroup) {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("--job-language", "python");
        arguments.put("--extra-py-files", packages);
        arguments.put("--enable-continuous-cloudwatch-log", "true");
        arguments.put("--continuous-log-logGroup", logGroup);
        arguments.put("--enable-auto-scaling", String.valueOf(settings.autoScaling()));
        if (settings.metrics()) {
            arguments.put("--enable-metrics", "true");
        }
        return arguments;
    }

    /** What the job's script calls: read code, recipe and raw data, write results under the run's prefixes, log. */
    static List<Statement> permissions(
            Transformation settings, AwsTarget target, String dataBucket, String scriptsBucket, String logGroupArn) {
        var statements = new ArrayList<Statement>();
        statements.add(Statement.allow("s3:GetObject").on(target.s3Arn(scriptsBucket + "/scripts/*")));
        statements.add(Statement.allow("s3:GetObject").on(target.s3Arn(dataBucket + "/" + LakePaths.RAW + "*")));
        var written = List.of(LakePaths.DATASET, LakePaths.QUARANTINE, LakePaths.QUALITY, LakePaths.REPORTS);
        statements.add(Statement.allow("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
                .on(written.stream()
                        .map(prefix -> target.s3Arn(dataBucket + "/" + prefix + "*"))
                        .toArray(String[]::new)));
        statements.add(Statement.allow("s3:ListBucket").on(target.s3Arn(dataBucket)));
        statements.add(Logs.write(logGroupArn));
        if (settings.metrics()) {
            statements.add(Statement.allow("cloudwatch:PutMetricData")
                    .on("*")
                    .when("StringEquals", "cloudwatch:namespace", "Glue"));
        }
        return statements;
    }
}
