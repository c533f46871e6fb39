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
import dataprep.lake.LakePaths;
import dataprep.settings.PipelineSettings;
import dataprep.settings.PipelineSettings.Transformation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Glue job that transforms the extracted sources into the data set by the recipe. */
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
        var groups = settings.logGroups();
        var output = new Logs("dataTransformationOutput", groups.jobOutput(), settings, lake, this);
        var errors = new Logs("dataTransformationErrors", groups.jobErrors(), settings, lake, this);
        // empty for a recipe without hash columns
        var hashSecret = settings.hashKey()
                .map(key -> new HashSecret(key, lake.keyArn(), this).arn())
                .orElse(Output.of(""));
        // the job depends on its role and so on both log groups: a run finds them with retention and key
        var statements = Output.tuple(
                        target,
                        lake.dataBucket(),
                        lake.scriptsBucket(),
                        output.groupArn(),
                        errors.groupArn(),
                        hashSecret)
                .applyValue(t -> {
                    var needed = permissions(settings.transformation(), t.t1, t.t2, t.t3, t.t4, t.t5);
                    if (!t.t6.isEmpty()) {
                        needed.add(HashSecret.read(t.t6));
                    }
                    return needed;
                });
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
                        .defaultArguments(Output.tuple(packages, target, hashSecret)
                                .applyValue(t -> {
                                    var arguments =
                                            defaultArguments(transformation, t.t1, groups.jobPrefix(), t.t2.region());
                                    if (!t.t3.isEmpty()) {
                                        arguments.put("--hash_secret", t.t3);
                                    }
                                    return arguments;
                                }))
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
    static Map<String, String> defaultArguments(
            Transformation settings, String packages, String logGroupPrefix, String region) {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("--job-language", "python");
        arguments.put("--extra-py-files", packages);
        arguments.put("--custom-logGroup-prefix", logGroupPrefix);
        // without it S3A calls us-east-2 first and finds the region by further calls
        arguments.put("--conf", "spark.hadoop.fs.s3a.endpoint.region=" + region);
        arguments.put("--enable-auto-scaling", String.valueOf(settings.autoScaling()));
        if (settings.metrics()) {
            arguments.put("--enable-metrics", "true");
        }
        return arguments;
    }

    /**
     * The permissions that the job's script needs: read code, recipe and raw data, write results under the run's
     * prefixes, log.
     */
    static List<Statement> permissions(
            Transformation settings,
            AwsTarget target,
            String dataBucket,
            String scriptsBucket,
            String... logGroupArns) {
        var statements = new ArrayList<Statement>();
        statements.add(Statement.allow("s3:GetObject").on(target.s3Arn(scriptsBucket + "/scripts/*")));
        statements.add(Statement.allow("s3:GetObject").on(target.s3Arn(dataBucket + "/" + LakePaths.RAW + "*")));
        var written = List.of(LakePaths.DATASET, LakePaths.QUARANTINE, LakePaths.QUALITY, LakePaths.REPORTS);
        statements.add(Statement.allow("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
                .on(written.stream()
                        .map(prefix -> target.s3Arn(dataBucket + "/" + prefix + "*"))
                        .toArray(String[]::new)));
        // S3A lists a folder if it finds no object: without it a missing recipe is reported as AccessDenied
        statements.add(Statement.allow("s3:ListBucket").on(target.s3Arn(dataBucket), target.s3Arn(scriptsBucket)));
        statements.add(Logs.write(logGroupArns));
        if (settings.metrics()) {
            statements.add(Statement.allow("cloudwatch:PutMetricData")
                    .on("*")
                    .when("StringEquals", "cloudwatch:namespace", "Glue"));
        }
        return statements;
    }
}
