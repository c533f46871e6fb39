package dataprep.components;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.aws.lambda.Function;
import com.pulumi.aws.lambda.FunctionArgs;
import com.pulumi.aws.lambda.inputs.FunctionEnvironmentArgs;
import com.pulumi.aws.lambda.inputs.FunctionLoggingConfigArgs;
import com.pulumi.core.Either;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.lake.LakePaths;
import dataprep.settings.PipelineSettings;
import dataprep.settings.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Lambda function that copies one source into the data bucket. */
public final class ExtractFunction extends ComponentResource {
    /** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 4 KB, with the names and signs. */
    private static final int MOST_ENVIRONMENT_CHARACTERS = 4_000;

    private static final Path CODE = Path.of("lambda", "extract");

    private final Function function;

    public ExtractFunction(String name, Foundation foundation) {
        super("dataprep:index:ExtractFunction", name);
        var settings = foundation.settings();
        var data = foundation.data().name();
        var target = foundation.target();
        var logs = new Logs("dataExtractionLogs", settings.logGroups().function(), foundation, this);
        var groups = SourcePermissions.groups(settings.externalSources());
        var policies = new ArrayList<Output<List<Statement>>>();
        policies.add(foundation
                .encryption()
                .decrypting(Output.tuple(target, data, logs.groupArn())
                        .applyValue(t -> permissions(settings, groups.get(0), t.t1, t.t2, t.t3))));
        SecretsOfSources.create(foundation, this);
        var withSecrets = SecretsOfSources.ofFunction(settings.externalSources());
        if (!withSecrets.isEmpty()) {
            policies.add(target.applyValue(t -> SecretsOfSources.read(withSecrets, settings, t)));
        }
        groups.subList(1, groups.size())
                .forEach(group -> policies.add(
                        Output.tuple(target, data).applyValue(t -> SourcePermissions.readObjects(group, t.t1, t.t2))));
        var role = new ServiceRole(
                "dataExtractionRole", Output.of(PolicyDocument.trust("lambda.amazonaws.com")), policies, this);
        this.function = new Function(
                "dataExtractionLambda",
                FunctionArgs.builder()
                        .description("Copies one source of the data preparation into the data bucket")
                        .runtime(Either.ofLeft("python3.13"))
                        .architectures(List.of("arm64"))
                        .handler("handler.handler")
                        .code(PythonSources.archive(CODE, ""))
                        .role(role.arn())
                        .memorySize(settings.extraction().memoryMegabytes())
                        .timeout(settings.extraction().timeoutSeconds())
                        .loggingConfig(FunctionLoggingConfigArgs.builder()
                                .logFormat("Text")
                                .logGroup(logs.groupName())
                                .build())
                        .environment(FunctionEnvironmentArgs.builder()
                                .variables(Output.ofSecret(environment(settings)))
                                .build())
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        registerOutputs(Map.of("name", function.name(), "arn", function.arn()));
    }

    /**
     * Checks IAM's size limits before the first resource; IAM would reject the policies in the middle of a deployment.
     */
    public static void check(PipelineSettings settings) {
        SourcePermissions.requireRoom(settings.externalSources());
        var characters = environment(settings).toString().length();
        if (characters > MOST_ENVIRONMENT_CHARACTERS) {
            throw new RunException(
                    ("data-preparation:sources, data-preparation:allowedSourceHosts: invalid length %d of the queries of"
                                    + " https addresses and the hosts together; must be at most %d characters")
                            .formatted(characters, MOST_ENVIRONMENT_CHARACTERS));
        }
    }

    public Output<String> name() {
        return function.name();
    }

    public Output<String> arn() {
        return function.arn();
    }

    private static String json(Map<String, ?> values) {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: the names " + values.keySet(), e);
        }
    }

    private static Map<String, String> environment(PipelineSettings settings) {
        var queries = new TreeMap<String, String>();
        var credentials = new TreeMap<String, Map<String, String>>();
        for (var dataset : settings.datasets()) {
            for (var source : dataset.sources()) {
                var name = dataset.paths().prefix() + source.name();
                source.query().ifPresent(query -> queries.put(name, query));
                source.credentials()
                        .ifPresent(auth -> credentials.put(
                                name, auth.forFunction(settings.sourceSecrets().id(settings.name(), auth))));
            }
        }
        var retention = settings.retention();
        var environment = new TreeMap<String, String>();
        environment.put("RAW_RETENTION_DAYS", String.valueOf(retention.rawDays()));
        environment.put("ALLOWED_HOSTS", String.join(",", settings.extraction().allowedSourceHosts()));
        // may contain secrets, so the state machine does not pass them: its input is in the history and the log
        environment.put("SOURCE_QUERIES", json(queries));
        if (!credentials.isEmpty()) {
            environment.put("SOURCE_CREDENTIALS", json(credentials));
        }
        if (settings.hasSensitiveSources()) {
            // all copies expire after the raw retention
            var days = Math.min(retention.rawDays(), retention.sensitiveRawDays());
            environment.put("SENSITIVE_RAW_RETENTION_DAYS", String.valueOf(days));
        }
        return environment;
    }

    /**
     * The permissions that the function's code needs: read the sources, write raw data, log.
     *
     * @param read the sources whose objects are in the same policy
     */
    static List<Statement> permissions(
            PipelineSettings settings, List<Source> read, AwsTarget target, String dataBucket, String logGroupArn) {
        var statements = new ArrayList<>(SourcePermissions.readObjects(read, target, dataBucket));
        statements.add(SourcePermissions.list(settings.externalSources(), target, dataBucket));
        var paths = settings.pathsOfAllDatasets();
        var raw = target.s3Arn(dataBucket + "/" + paths.raw() + "*");
        statements.add(
                Statement.allow("s3:PutObject", "s3:AbortMultipartUpload").on(raw));
        if (settings.hasSensitiveSources()) {
            statements.add(Statement.allow("s3:PutObjectTagging").on(raw));
        }
        // the copies of an earlier invocation or, for an incremental source, of an earlier run
        statements.add(Statement.allow("s3:GetObject").on(raw));
        if (settings.hasSeveralDatasets()) {
            // a run that reads another data set notes it in the folder of the run that it reads
            statements.add(Statement.allow("s3:GetObject").on(target.s3Arn(dataBucket + "/" + paths.manifest())));
            statements.add(Statement.allow("s3:PutObject")
                    .on(target.s3Arn(dataBucket + "/" + paths.dataset() + "*/" + LakePaths.READERS + "*")));
        }
        statements.add(Logs.write(logGroupArn));
        return statements;
    }
}
