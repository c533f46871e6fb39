package dataprep.components;

import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.aws.cloudwatch.EventTarget;
import com.pulumi.aws.cloudwatch.EventTargetArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetInputTransformerArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.settings.DatasetSettings;
import dataprep.workflow.Console;
import dataprep.workflow.RunFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Publishes to the failure topic the failures that a run cannot report itself, those outside its failure states. */
public final class Notifications extends ComponentResource {
    private static final Map<String, String> PATHS = Map.of(
            "name", "$.detail.name",
            "status", "$.detail.status",
            "error", "$.detail.error",
            "execution", "$.detail.executionArn",
            "region", "$.region");

    private static final String TEXT = """
            The data preparation failed outside its own error handling: <status> (<error>)
            The published data set has not changed, unless the run failed during the publication.
            Run: <name>
            Execution: %s
            To resume it: aws stepfunctions redrive-execution --execution-arn <execution>""";

    /**
     * A data set's state machine, and where the messages go.
     *
     * @param chat to which the messages are also posted; empty if there is none
     */
    record Args(
            DatasetSettings dataset,
            Workflow workflow,
            FailureTopic topic,
            Optional<ChatWebhook> chat,
            Foundation foundation) {}

    Notifications(String name, Args args, ComponentResourceOptions options) {
        super("dataprep:index:Notifications", name, options);
        var dataset = args.dataset();
        var child = CustomResourceOptions.builder().parent(this).build();
        var target = args.foundation().target();
        var rule = new EventRule(
                dataset.resource("unannouncedFailures"),
                EventRuleArgs.builder()
                        .description("A data preparation run failed and did not report the failure itself")
                        .eventPattern(args.workflow().stateMachineArn().applyValue(Notifications::unannounced))
                        .build(),
                child);
        new EventTarget(
                dataset.resource("unannouncedFailures"),
                EventTargetArgs.builder()
                        .rule(rule.name())
                        .arn(args.topic().arn())
                        .inputTransformer(EventTargetInputTransformerArgs.builder()
                                .inputPaths(PATHS)
                                .inputTemplate(target.applyValue(Notifications::quotedLines))
                                .build())
                        .build(),
                child);
        args.chat()
                .ifPresent(webhook -> webhook.post(
                        dataset.resource("postUnannouncedFailures"),
                        rule,
                        PATHS,
                        target.applyValue(Notifications::oneText)));
        registerOutputs(Map.of());
    }

    /**
     * Matches executions that were aborted, timed out or failed outside the workflow's failure states, for example by
     * States.Runtime or the history quota; errors that these states have reported end with {@link RunFailure#SUFFIX}.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html">Events</a>
     */
    static String unannounced(String stateMachineArn) {
        var byItself = Map.of("anything-but", Map.of("suffix", RunFailure.SUFFIX));
        return ExecutionEvents.of(List.of(stateMachineArn))
                .where(
                        "$or",
                        List.of(
                                Map.of("status", List.of("ABORTED", "TIMED_OUT")),
                                new TreeMap<>(Map.of("status", List.of("FAILED"), "error", List.of(byItself)))))
                .toJson();
    }

    /** Quotes each line, the form in which EventBridge accepts text that is not JSON. */
    static String quotedLines(AwsTarget target) {
        return text(target).lines().map("\"%s\""::formatted).collect(Collectors.joining("\n"));
    }

    /** Returns the same text as one JSON string. */
    static String oneText(AwsTarget target) {
        return text(target).lines().collect(Collectors.joining("\\n", "\"", "\""));
    }

    private static String text(AwsTarget target) {
        var address = Console.address(target.partition(), "<region>", "states", "/v2/executions/details/<execution>");
        return TEXT.formatted(address);
    }
}
