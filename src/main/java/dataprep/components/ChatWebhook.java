package dataprep.components;

import com.pulumi.aws.cloudwatch.EventApiDestination;
import com.pulumi.aws.cloudwatch.EventApiDestinationArgs;
import com.pulumi.aws.cloudwatch.EventConnection;
import com.pulumi.aws.cloudwatch.EventConnectionArgs;
import com.pulumi.aws.cloudwatch.EventRule;
import com.pulumi.aws.cloudwatch.EventRuleArgs;
import com.pulumi.aws.cloudwatch.EventTarget;
import com.pulumi.aws.cloudwatch.EventTargetArgs;
import com.pulumi.aws.cloudwatch.inputs.EventConnectionAuthParametersApiKeyArgs;
import com.pulumi.aws.cloudwatch.inputs.EventConnectionAuthParametersArgs;
import com.pulumi.aws.cloudwatch.inputs.EventTargetInputTransformerArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.MonitoringSettings;
import dataprep.settings.Webhook;
import java.util.List;
import java.util.Map;

/**
 * A chat's webhook as a target of EventBridge rules, which post to it.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html">API destinations</a>
 */
public final class ChatWebhook extends ComponentResource {
    private static final int POSTS_PER_SECOND = 1;

    private final Webhook webhook;
    private final EventApiDestination destination;
    private final ServiceRole role;
    private final CustomResourceOptions child;

    public ChatWebhook(String name, Webhook webhook, Foundation foundation) {
        super("dataprep:index:ChatWebhook", name);
        this.webhook = webhook;
        this.child = CustomResourceOptions.builder().parent(this).build();
        // EventBridge requires a key, but the webhook's address is its only credential
        var connection = new EventConnection(
                "chatConnection",
                EventConnectionArgs.builder()
                        .description("To the chat that receives the data preparation's messages")
                        .authorizationType("API_KEY")
                        .authParameters(EventConnectionAuthParametersArgs.builder()
                                .apiKey(EventConnectionAuthParametersApiKeyArgs.builder()
                                        .key("X-Sender")
                                        .value("data-preparation")
                                        .build())
                                .build())
                        .build(),
                child);
        this.destination = new EventApiDestination(
                "chat",
                EventApiDestinationArgs.builder()
                        .connectionArn(connection.arn())
                        .httpMethod("POST")
                        .invocationEndpoint(Output.ofSecret(webhook.address()))
                        .invocationRateLimitPerSecond(POSTS_PER_SECOND)
                        .build(),
                child);
        this.role = new ServiceRole(
                "chatRole",
                foundation.target().applyValue(t -> PolicyDocument.trust("events.amazonaws.com", t.account())),
                destination.arn().applyValue(ChatWebhook::permissions),
                this);
        post(
                "postMessages",
                messages(foundation.settings().name()),
                Map.of("text", "$.detail.text"),
                Output.of("<text>"));
        registerOutputs(Map.of());
    }

    /** The rule for the messages that runs put on the event bus. */
    private EventRule messages(String stack) {
        return new EventRule(
                "messages",
                EventRuleArgs.builder()
                        .description("Messages of data preparation runs")
                        .eventPattern(EventPattern.of(MonitoringSettings.EVENT_SOURCE, MonitoringSettings.EVENT_TYPE)
                                .where("stack", List.of(stack))
                                .toJson())
                        .build(),
                child);
    }

    static List<Statement> permissions(String destinationArn) {
        return List.of(Statement.allow("events:InvokeApiDestination").on(destinationArn));
    }

    /**
     * Posts a message for each event that a rule matches.
     *
     * @param paths of the event's fields in the message, by name
     * @param text of the message, a JSON value with these names in angle brackets as placeholders
     */
    void post(String name, EventRule rule, Map<String, String> paths, Output<String> text) {
        new EventTarget(
                name,
                EventTargetArgs.builder()
                        .rule(rule.name())
                        .arn(destination.arn())
                        .roleArn(role.arn())
                        .inputTransformer(EventTargetInputTransformerArgs.builder()
                                .inputPaths(paths)
                                .inputTemplate(text.applyValue(
                                        value -> webhook.format().template().replace("<text>", value)))
                                .build())
                        .build(),
                child);
    }
}
