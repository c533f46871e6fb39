package dataprep.components;

import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.aws.cloudwatch.EventTarget;
import com.pulumi.aws.cloudwatch.EventTargetArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetInputTransformerArgs;
import com.pulumi.aws.sns.TopicPolicy;
import com.pulumi.aws.sns.TopicPolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.MonitoringSettings;
import dataprep.settings.PipelineSettings;
import dataprep.workflow.Console;
import dataprep.workflow.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Publishes to the failure topic what a run cannot publish itself: a failure outside its own failure states. */
public final class Notifications extends ComponentResource {
    private static final Map<String, String> PATHS = Map.of(
            "name", "$.detail.name",
            "status", "$.detail.status",
            "error", "$.detail.error",
            "execution", "$.detail.executionArn",
            "region", "$.region");

    private static final String TEXT = """
            The data preparation failed outside of its own error handling: <status> (<error>)
            What is published is what was published before, unless it was just being published.
            Run: <name>
            Execution: %s
            To resume it: aws stepfunctions redrive-execution --execution-arn <execution>""";

    public Notifications(String name, PipelineSettings settings, Workflow workflow, Output<AwsTarget> target) {
        super("dataprep:index:Notifications", name);
        var child = CustomResourceOptions.builder().parent(this).build();
        var rule = new EventRule(
                "unannouncedFailures",
                EventRuleArgs.builder()
                        .description("A run of the data preparation failed and has not reported it itself")
                        .eventPattern(workflow.stateMachineArn().applyValue(Notifications::unannounced))
                        .build(),
                child);
        new TopicPolicy(
                "failureTopicPolicy",
                TopicPolicyArgs.builder()
                        .arn(workflow.failureTopicArn())
                        .policy(Output.tuple(workflow.failureTopicArn(), target)
                                .applyValue(t -> policy(settings, t.t1, t.t2).toJson()))
                        .build(),
                child);
        new EventTarget(
                "unannouncedFailures",
                EventTargetArgs.builder()
                        .rule(rule.name())
                        .arn(workflow.failureTopicArn())
                        .inputTransformer(EventTargetInputTransformerArgs.builder()
                                .inputPaths(PATHS)
                                .inputTemplate(target.applyValue(Notifications::quotedLines))
                                .build())
                        .build(),
                child);
        settings.operations().webhook().ifPresent(webhook -> {
            var chat = new ChatWebhook(webhook, target, this);
            chat.post("postUnannouncedFailures", rule, PATHS, target.applyValue(Notifications::oneText));
            chat.post("postMessages", messages(settings.name()), Map.of("text", "$.detail.text"), Output.of("<text>"));
        });
        registerOutputs(Map.of());
    }

    /**
     * Executions that were aborted, timed out or failed outside of the workflow's own failure states, such as by
     * States.Runtime or the limit of the history; what these states have published ends as {@link RunFailure#SUFFIX}.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html">Events</a>
     */
    static String unannounced(String stateMachineArn) {
        var byItself = Map.of("anything-but", Map.of("suffix", RunFailure.SUFFIX));
        return EventPattern.of("aws.states", "Step Functions Execution Status Change")
                .where("stateMachineArn", List.of(stateMachineArn))
                .where(
                        "$or",
                        List.of(
                                Map.of("status", List.of("ABORTED", "TIMED_OUT")),
                                new TreeMap<>(Map.of("status", List.of("FAILED"), "error", List.of(byItself)))))
                .toJson();
    }

    /** Those that runs put on the bus themselves. */
    private EventRule messages(String stack) {
        return new EventRule(
                "messages",
                EventRuleArgs.builder()
                        .description("A run of the data preparation has something to tell")
                        .eventPattern(EventPattern.of(MonitoringSettings.EVENT_SOURCE, MonitoringSettings.EVENT_TYPE)
                                .where("stack", List.of(stack))
                                .toJson())
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
    }

    /** Each line between quotes, as EventBridge wants text that is no JSON. */
    static String quotedLines(AwsTarget target) {
        return text(target).lines().map("\"%s\""::formatted).collect(Collectors.joining("\n"));
    }

    /** The same as one JSON text. */
    static String oneText(AwsTarget target) {
        return text(target).lines().collect(Collectors.joining("\\n", "\"", "\""));
    }

    private static String text(AwsTarget target) {
        var address = Console.address(target.partition(), "<region>", "states", "/v2/executions/details/<execution>");
        return TEXT.formatted(address);
    }

    private static PolicyDocument policy(PipelineSettings settings, String topicArn, AwsTarget target) {
        var publishers = new ArrayList<Statement>();
        publishers.add(TopicPublishers.events(TopicPublishers.PUBLISH));
        publishers.addAll(TopicPublishers.alarms(settings, target, TopicPublishers.PUBLISH));
        return TopicPublishers.topicPolicy(topicArn, publishers);
    }
}
