package dataprep.components;

import com.pulumi.asset.AssetOrArchive;
import com.pulumi.asset.StringAsset;
import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.aws.cloudwatch.EventTarget;
import com.pulumi.aws.cloudwatch.EventTargetArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetDeadLetterConfigArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetRetryPolicyArgs;
import com.pulumi.aws.lambda.Function;
import com.pulumi.aws.lambda.FunctionArgs;
import com.pulumi.aws.lambda.Permission;
import com.pulumi.aws.lambda.PermissionArgs;
import com.pulumi.aws.lambda.inputs.FunctionDeadLetterConfigArgs;
import com.pulumi.aws.lambda.inputs.FunctionEnvironmentArgs;
import com.pulumi.aws.lambda.inputs.FunctionLoggingConfigArgs;
import com.pulumi.core.Either;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.lake.LakePaths;
import dataprep.settings.LineageEndpoint;
import dataprep.settings.PipelineSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lineage of runs: a function that records the start and the end of each execution as an OpenLineage event.
 *
 * <p>EventBridge invokes it, so that a failure of it never fails a run.
 */
public final class Lineage extends ComponentResource {
    private static final Path CODE = Path.of("lambda", "lineage");
    private static final String FACTS = "lineage/";
    private static final int TIMEOUT_SECONDS = 30;
    private static final int MEMORY_MEGABYTES = 256;
    private static final int ATTEMPTS = 10;
    private static final int GIVE_UP_SECONDS = 3_600;
    /** All but PENDING_REDRIVE, which is neither a start nor an end. */
    private static final List<String> STATUSES = List.of("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");

    private final Foundation foundation;
    private final DeadLetters deadLetters;
    private final Function function;
    private final CustomResourceOptions child;

    public Lineage(String name, List<PreparedDataset> datasets, Catalog catalog, Foundation foundation) {
        super("dataprep:index:Lineage", name);
        this.foundation = foundation;
        this.child = CustomResourceOptions.builder().parent(this).build();
        // not the queue of starts, whose alarm is about runs that are missing
        this.deadLetters = new DeadLetters("lineageDeadLetters", foundation);
        datasets.forEach(dataset -> uploadFacts(dataset, catalog));
        this.function = function(foundation.settings());
        var rules = ExecutionEvents.groups("lineage", datasets).stream()
                .map(group -> invokeOn(group.name(), group.members()))
                .toList();
        deadLetters.admit(rules);
        registerOutputs(Map.of("function", function.name()));
    }

    private void uploadFacts(PreparedDataset dataset, Catalog catalog) {
        var settings = dataset.settings();
        Output<AssetOrArchive> facts = Output.tuple(
                        foundation.target(), foundation.data().name(), catalog.database())
                .applyValue(t -> new StringAsset(LineageFacts.of(
                                foundation.settings().name(), settings, new LineageFacts.Storage(t.t1, t.t2, t.t3))
                        .toJson()));
        foundation.scripts().upload(FACTS + settings.place().pipeline() + ".json", facts, this);
    }

    private Function function(PipelineSettings settings) {
        var data = foundation.data().name();
        var scripts = foundation.scripts().name();
        var logs = new Logs("lineageLogs", settings.logGroups().lineage(), foundation, this);
        var statements = Output.tuple(foundation.target(), data, scripts, deadLetters.queueArn(), logs.groupArn())
                .applyValue(t -> permissions(settings.pathsOfAllDatasets(), t.t1, t.t2, t.t3, t.t4, t.t5));
        var role = new ServiceRole(
                "lineageRole",
                Output.of(PolicyDocument.trust("lambda.amazonaws.com")),
                foundation.encryption().decrypting(statements),
                this);
        return new Function(
                "lineage",
                FunctionArgs.builder()
                        .description("Records the runs of the data preparation as OpenLineage events")
                        .runtime(Either.ofLeft("python3.13"))
                        .architectures(List.of("arm64"))
                        .handler("handler.handler")
                        .code(PythonSources.archive(CODE, ""))
                        .role(role.arn())
                        .memorySize(MEMORY_MEGABYTES)
                        .timeout(TIMEOUT_SECONDS)
                        .deadLetterConfig(FunctionDeadLetterConfigArgs.builder()
                                .targetArn(deadLetters.queueArn())
                                .build())
                        .loggingConfig(FunctionLoggingConfigArgs.builder()
                                .logFormat("Text")
                                .logGroup(logs.groupName())
                                .build())
                        .environment(FunctionEnvironmentArgs.builder()
                                .variables(Output.tuple(data, scripts)
                                        .applyValue(t -> environment(settings, t.t1, t.t2))
                                        .asSecret())
                                .build())
                        .build(),
                child);
    }

    private static Map<String, String> environment(PipelineSettings settings, String dataBucket, String scripts) {
        var variables = new TreeMap<String, String>();
        variables.put("DATA_BUCKET", dataBucket);
        variables.put("FACTS", "s3://%s/scripts/%s".formatted(scripts, FACTS));
        settings.operations()
                .lineageEndpoint()
                .map(LineageEndpoint::address)
                .ifPresent(address -> variables.put("LINEAGE_ENDPOINT", address));
        return variables;
    }

    /** Invokes the function for each start and end of an execution; returns the rule's ARN. */
    private Output<String> invokeOn(String name, List<PreparedDataset> datasets) {
        var machines = datasets.stream().map(PreparedDataset::stateMachineArn).toList();
        var rule = new EventRule(
                name,
                EventRuleArgs.builder()
                        .description("Start or end of a data preparation run")
                        .eventPattern(Output.all(machines).applyValue(Lineage::startsAndEnds))
                        .build(),
                child);
        new Permission(
                name,
                PermissionArgs.builder()
                        .action("lambda:InvokeFunction")
                        .function(function.name())
                        .principal("events.amazonaws.com")
                        .sourceArn(rule.arn())
                        .build(),
                child);
        new EventTarget(
                name,
                EventTargetArgs.builder()
                        .rule(rule.name())
                        .arn(function.arn())
                        .retryPolicy(EventTargetRetryPolicyArgs.builder()
                                .maximumRetryAttempts(ATTEMPTS)
                                .maximumEventAgeInSeconds(GIVE_UP_SECONDS)
                                .build())
                        .deadLetterConfig(EventTargetDeadLetterConfigArgs.builder()
                                .arn(deadLetters.queueArn())
                                .build())
                        .build(),
                child);
        return rule.arn();
    }

    static String startsAndEnds(List<String> stateMachineArns) {
        return ExecutionEvents.of(stateMachineArns).where("status", STATUSES).toJson();
    }

    /** The permissions that the function's code needs: read facts, manifests and reports, write events, log. */
    static List<Statement> permissions(
            LakePaths paths, AwsTarget target, String data, String scripts, String queueArn, String logGroupArn) {
        return List.of(
                Statement.allow("s3:GetObject")
                        .on(
                                target.s3Arn("%s/scripts/%s*".formatted(scripts, FACTS)),
                                target.s3Arn("%s/%s*/%s".formatted(data, paths.dataset(), LakePaths.STAGED_MANIFEST)),
                                target.s3Arn("%s/%s*/quality.json".formatted(data, paths.reports()))),
                Statement.allow("s3:PutObject").on(target.s3Arn("%s/%s*".formatted(data, paths.lineage()))),
                // without it S3 reports a missing object as AccessDenied
                Statement.allow("s3:ListBucket").on(target.s3Arn(data), target.s3Arn(scripts)),
                Statement.allow("sqs:SendMessage").on(queueArn),
                Logs.write(logGroupArn));
    }
}
