package dataprep.components;

import com.pulumi.aws.sfn.StateMachine;
import com.pulumi.aws.sfn.StateMachineArgs;
import com.pulumi.aws.sfn.inputs.StateMachineLoggingConfigurationArgs;
import com.pulumi.aws.sfn.inputs.StateMachineTracingConfigurationArgs;
import com.pulumi.aws.sns.Topic;
import com.pulumi.aws.sns.TopicArgs;
import com.pulumi.aws.sns.TopicSubscription;
import com.pulumi.aws.sns.TopicSubscriptionArgs;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.asl.validation.InvalidDefinition;
import dataprep.asl.validation.TimeLimits;
import dataprep.asl.validation.Validation;
import dataprep.checks.Check;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import dataprep.workflow.DataPreparationWorkflow;
import dataprep.workflow.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The state machine that coordinates a run, with its role, its log group and the failure topic. */
public final class Workflow extends ComponentResource {
    private final StateMachine stateMachine;
    private final Topic failureTopic;

    public Workflow(
            String name,
            PipelineSettings settings,
            DataLake lake,
            ExtractFunction extract,
            TransformJob transform,
            Catalog catalog,
            Output<AwsTarget> target) {
        super("dataprep:index:Workflow", name);
        var child = CustomResourceOptions.builder().parent(this).build();
        var topic = TopicArgs.builder().displayName("data preparation failures");
        lake.keyArn().ifPresent(topic::kmsMasterKeyId);
        this.failureTopic = new Topic("failureTopic", topic.build(), child);
        settings.alertEmail()
                .ifPresent(address -> new TopicSubscription(
                        "failureEmail",
                        TopicSubscriptionArgs.builder()
                                .topic(failureTopic.arn())
                                .protocol("email")
                                .endpoint(address)
                                .build(),
                        child));
        var definition = resources(settings, lake, extract, transform, catalog, target)
                .applyValue(resources -> DataPreparationWorkflow.define(settings.workflow(), resources));
        var logs = new Logs("workflowLogs", settings.logGroups().workflow(), settings, lake, this);
        var role = new ServiceRole(
                "stepFunctionRole",
                target.applyValue(t -> PolicyDocument.trust("states.amazonaws.com", t.account())),
                lake.decrypting(definition.applyValue(machine -> permissions(machine.permissions()))),
                this);
        this.stateMachine = new StateMachine(
                "dataPreparationStateMachine",
                StateMachineArgs.builder()
                        // its role names the executions and exists before it
                        .name(settings.name())
                        .definition(definition.applyValue(dataprep.asl.StateMachine::toJson))
                        .roleArn(role.arn())
                        .publish(true)
                        .loggingConfiguration(StateMachineLoggingConfigurationArgs.builder()
                                .level("ALL")
                                .includeExecutionData(true)
                                .logDestination(Output.format("%s:*", logs.groupArn()))
                                .build())
                        .tracingConfiguration(StateMachineTracingConfigurationArgs.builder()
                                .enabled(true)
                                .build())
                        .build(),
                child);
        registerOutputs(Map.of("stateMachineArn", stateMachine.arn(), "failureTopic", failureTopic.arn()));
    }

    public Output<String> stateMachineArn() {
        return stateMachine.arn();
    }

    /** The version that was published of the current definition. */
    Output<String> versionArn() {
        return stateMachine.stateMachineVersionArn();
    }

    public Output<String> failureTopicArn() {
        return failureTopic.arn();
    }

    private Output<ResourceNames> resources(
            PipelineSettings settings,
            DataLake lake,
            ExtractFunction extract,
            TransformJob transform,
            Catalog catalog,
            Output<AwsTarget> target) {
        var table = Output.tuple(catalog.database(), catalog.table());
        return Output.tuple(
                        target,
                        lake.dataBucket(),
                        extract.arn(),
                        transform.name(),
                        transform.recipeUri(),
                        table,
                        failureTopic.arn())
                .applyValue(t -> new ResourceNames(
                        t.t1.partition(),
                        t.t1.region(),
                        t.t1.account(),
                        settings.name(),
                        t.t2,
                        t.t3,
                        t.t4,
                        t.t5,
                        t.t6.t1,
                        t.t6.t2,
                        t.t7));
    }

    /** The permissions of the definition's tasks, and those for the log and X-Ray. */
    static List<Statement> permissions(List<Statement> tasks) {
        var statements = new ArrayList<>(tasks);
        // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html: these actions have no resource-level
        // permissions
        statements.add(Statement.allow(
                        "logs:CreateLogDelivery",
                        "logs:CreateLogStream",
                        "logs:DeleteLogDelivery",
                        "logs:DescribeLogGroups",
                        "logs:DescribeResourcePolicies",
                        "logs:GetLogDelivery",
                        "logs:ListLogDeliveries",
                        "logs:PutLogEvents",
                        "logs:PutResourcePolicy",
                        "logs:UpdateLogDelivery")
                .on("*"));
        // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
        statements.add(Statement.allow(
                        "xray:GetSamplingRules",
                        "xray:GetSamplingTargets",
                        "xray:PutTelemetryRecords",
                        "xray:PutTraceSegments")
                .on("*"));
        return statements;
    }

    /**
     * Checks the definition with placeholder names, so that a preview finds its problems: a preview does not run code
     * that depends on unknown outputs.
     */
    public static void check(PipelineSettings settings) {
        try {
            var machine = DataPreparationWorkflow.define(settings.workflow(), ResourceNames.placeholders());
            var check = Check.of("workflow", machine.toJson());
            if (check.isDue()) {
                Validation.validate(machine);
                check.passed();
            }
            checkTimes(machine, settings);
        } catch (InvalidDefinition e) {
            throw new RunException(e.getMessage(), e);
        }
    }

    private static void checkTimes(dataprep.asl.StateMachine machine, PipelineSettings settings) {
        var missing = TimeLimits.missing(machine);
        if (!missing.isEmpty()) {
            throw new RunException(
                    "the workflow has no time limit: TimeoutSeconds is missing at " + String.join(", ", missing));
        }
        var waits = TimeLimits.longestWaits(machine);
        if (waits.toSeconds() >= settings.runTimeoutMinutes() * 60L) {
            throw new RunException(
                    "runTimeoutMinutes: invalid value '%d'; must be more than %d, the longest wait for retries"
                            .formatted(settings.runTimeoutMinutes(), waits.toMinutes()));
        }
        settings.start()
                .timetable()
                .filter(times -> waits.compareTo(times.shortestGap()) >= 0)
                .ifPresent(times -> {
                    throw new RunException(
                            "schedule: invalid value '%s'; must be more than %d minutes, the longest wait for retries"
                                    .formatted(times.expression(), waits.toMinutes()));
                });
    }
}
