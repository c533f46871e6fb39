package dataprep.components;

import com.pulumi.asset.FileAsset;
import com.pulumi.aws.glue.Job;
import com.pulumi.aws.glue.JobArgs;
import com.pulumi.aws.glue.inputs.JobCommandArgs;
import com.pulumi.aws.glue.inputs.JobExecutionPropertyArgs;
import com.pulumi.aws.secretsmanager.SecretArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.DatasetSettings;
import dataprep.settings.PipelineSettings;
import dataprep.settings.PipelineSettings.Transformation;
import dataprep.workflow.SparkConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Glue job that transforms the extracted sources into the data set by the recipe. */
public final class TransformJob extends ComponentResource {
    private static final Path SCRIPT = Path.of("glue-scripts", "transform.py");
    private static final Path PACKAGE = Path.of("glue-scripts", "dataprep");

    private final Job job;
    private final Map<String, Output<String>> recipeUris = new HashMap<>();

    public TransformJob(String name, Foundation foundation) {
        super("dataprep:index:TransformJob", name);
        var settings = foundation.settings();
        var scripts = foundation.scripts();
        var target = foundation.target();
        var script = scripts.upload("transform.py", new FileAsset(SCRIPT.toString()), this);
        var packages = scripts.upload("dataprep.zip", PythonSources.archive(PACKAGE, "dataprep/"), this);
        for (var dataset : settings.datasets()) {
            var key = settings.hasSeveralDatasets() ? "recipes/%s.json".formatted(dataset.name()) : "recipe.json";
            var file = new FileAsset(dataset.recipe().file().toString());
            recipeUris.put(dataset.name(), scripts.upload(key, file, this));
        }
        var groups = settings.logGroups();
        var output = new Logs("dataTransformationOutput", groups.jobOutput(), foundation, this);
        var errors = new Logs("dataTransformationErrors", groups.jobErrors(), foundation, this);
        // empty for a recipe without hash columns
        var hashSecret = settings.hashKey()
                .map(key -> new StackSecret(
                                "hashKey",
                                SecretArgs.builder()
                                        .description(
                                                "The key with which the data preparation hashes sensitive columns"),
                                key.value(),
                                foundation,
                                this)
                        .arn())
                .orElse(Output.of(""));
        var network = settings.databaseNetwork().map(found -> new DatabaseConnection(found, this));
        // the job depends on its role and so on both log groups: a run finds them with retention and key
        var statements = Output.tuple(
                        target,
                        foundation.data().name(),
                        scripts.name(),
                        output.groupArn(),
                        errors.groupArn(),
                        hashSecret)
                .applyValue(t -> {
                    var needed = permissions(settings, t.t1, t.t2, t.t3, t.t4, t.t5);
                    if (!t.t6.isEmpty()) {
                        needed.add(
                                Statement.allow("secretsmanager:GetSecretValue").on(t.t6));
                    }
                    return needed;
                });
        var role = new ServiceRole(
                "dataTransformationRole",
                Output.of(PolicyDocument.trust("glue.amazonaws.com")),
                foundation.encryption().decrypting(statements),
                this);
        var transformation = settings.transformation();
        this.job = new Job(
                "dataTransformationJob",
                JobArgs.builder()
                        .description(description(settings))
                        .roleArn(role.arn())
                        .glueVersion(transformation.glueVersion())
                        .workerType(transformation.workerType())
                        .numberOfWorkers(transformation.workers())
                        .timeout(transformation.timeoutMinutes())
                        .maxRetries(0)
                        .connections(network.map(DatabaseConnection::names).orElse(null))
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

    /** The uploaded recipe of a data set. */
    Output<String> recipeUri(DatasetSettings dataset) {
        return recipeUris.get(dataset.name());
    }

    private static String description(PipelineSettings settings) {
        return settings.hasSeveralDatasets()
                ? "Prepares the data sets of " + settings.name()
                : "Prepares the data set '%s'"
                        .formatted(settings.datasets().get(0).name());
    }

    /** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
    static Map<String, String> defaultArguments(
            Transformation settings, String packages, String logGroupPrefix, String region) {
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("--job-language", "python");
        arguments.put("--extra-py-files", packages);
        arguments.put("--custom-logGroup-prefix", logGroupPrefix);
        arguments.put(SparkConfiguration.ARGUMENT, SparkConfiguration.ofEveryRun(region));
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
            PipelineSettings settings,
            AwsTarget target,
            String dataBucket,
            String scriptsBucket,
            String... logGroupArns) {
        var paths = settings.pathsOfAllDatasets();
        var statements = new ArrayList<Statement>();
        statements.add(Statement.allow("s3:GetObject").on(target.s3Arn(scriptsBucket + "/scripts/*")));
        statements.add(Statement.allow("s3:GetObject").on(target.s3Arn(dataBucket + "/" + paths.raw() + "*")));
        var written = List.of(paths.dataset(), paths.quarantine(), paths.quality(), paths.reports());
        statements.add(Statement.allow("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
                .on(written.stream()
                        .map(prefix -> target.s3Arn(dataBucket + "/" + prefix + "*"))
                        .toArray(String[]::new)));
        if (settings.hasIcebergTables()) {
            statements.add(Statement.allow("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
                    .on(target.s3Arn(dataBucket + "/" + paths.table() + "*")));
        }
        // S3A lists a folder if it finds no object: without it a missing recipe is reported as AccessDenied
        statements.add(Statement.allow("s3:ListBucket").on(target.s3Arn(dataBucket), target.s3Arn(scriptsBucket)));
        statements.add(Logs.write(logGroupArns));
        statements.addAll(DatabasePermissions.of(settings, target, dataBucket));
        if (settings.transformation().metrics()) {
            statements.add(Statement.allow("cloudwatch:PutMetricData")
                    .on("*")
                    .when("StringEquals", "cloudwatch:namespace", "Glue"));
        }
        return statements;
    }
}
