package dataprep.components;

import com.pulumi.aws.sfn.StateMachine;
import com.pulumi.aws.sfn.StateMachineArgs;
import com.pulumi.aws.sfn.inputs.StateMachineLoggingConfigurationArgs;
import com.pulumi.aws.sfn.inputs.StateMachineTracingConfigurationArgs;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.asl.validation.InvalidDefinition;
import dataprep.asl.validation.TimeLimits;
import dataprep.asl.validation.Validation;
import dataprep.checks.Check;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.DatasetSettings;
import dataprep.settings.PipelineSettings;
import dataprep.workflow.DataPreparationWorkflow;
import dataprep.workflow.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The state machine that coordinates the runs of a data set, with its role and its log group. */
public final class Workflow extends ComponentResource {
    private final StateMachine stateMachine;

    /** The resources that the runs use. */
    record Args(
            DatasetSettings dataset,
            ExtractFunction extract,
            TransformJob transform,
            Catalog catalog,
            DatasetTables tables,
            FailureTopic failureTopic,
            Foundation foundation) {}

    Workflow(String name, Args args, ComponentResourceOptions options) {
        super("dataprep:index:Workflow", name, options);
        var dataset = args.dataset();
        var foundation = args.foundation();
        var settings = foundation.settings();
        var definition = resources(args)
                .applyValue(resources -> DataPreparationWorkflow.define(settings.workflow(dataset), resources));
        var logGroup = settings.logGroups().workflow(dataset.place().qualifier());
        var logs = new Logs(dataset.resource("workflowLogs"), logGroup, foundation, this);
        var role = new ServiceRole(
                dataset.resource("stepFunctionRole"),
                foundation.target().applyValue(t -> PolicyDocument.trust("states.amazonaws.com", t.account())),
                foundation
                        .encryption()
                        .decrypting(definition.applyValue(machine -> permissions(machine.permissions()))),
                this);
        this.stateMachine = new StateMachine(
                dataset.resource("dataPreparationStateMachine"),
                StateMachineArgs.builder()
                        // its role names the executions and exists before it
                        .name(dataset.place().pipeline())
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
                CustomResourceOptions.builder().parent(this).build());
        registerOutputs(Map.of("stateMachineArn", stateMachine.arn()));
    }

    Output<String> stateMachineArn() {
        return stateMachine.arn();
    }

    /** The version that was published of the current definition. */
    Output<String> versionArn() {
        return stateMachine.stateMachineVersionArn();
    }

    private static Output<ResourceNames> resources(Args args) {
        var dataset = args.dataset();
        var foundation = args.foundation();
        var table = Output.tuple(args.catalog().database(), args.tables().table());
        return Output.tuple(
                        foundation.target(),
                        foundation.data().name(),
                        args.extract().arn(),
                        args.transform().name(),
                        args.transform().recipeUri(dataset),
                        table,
                        args.failureTopic().arn())
                .applyValue(t -> new ResourceNames(
                        t.t1.partition(),
                        t.t1.region(),
                        t.t1.account(),
                        dataset.place().pipeline(),
                        t.t2,
                        dataset.paths(),
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
        settings.datasets().forEach(dataset -> check(settings, dataset));
    }

    private static void check(PipelineSettings settings, DatasetSettings dataset) {
        try {
            var machine = DataPreparationWorkflow.define(settings.workflow(dataset), ResourceNames.placeholders());
            var check = Check.of("workflow", machine.toJson());
            if (check.isDue()) {
                Validation.validate(machine);
                check.passed();
            }
            checkTimes(machine, settings, dataset);
        } catch (InvalidDefinition e) {
            throw new RunException(e.getMessage(), e);
        }
    }

    private static void checkTimes(
            dataprep.asl.StateMachine machine, PipelineSettings settings, DatasetSettings dataset) {
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
        dataset.start()
                .timetable()
                .filter(times -> waits.compareTo(times.shortestGap()) >= 0)
                .ifPresent(times -> {
                    throw new RunException(
                            "schedule: invalid value '%s'; must be more than %d minutes, the longest wait for retries"
                                    .formatted(times.expression(), waits.toMinutes()));
                });
    }
}
