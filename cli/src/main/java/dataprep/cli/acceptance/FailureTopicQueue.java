package dataprep.cli.acceptance;

import dataprep.cli.run.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue that is subscribed to the failure topic during an acceptance. */
public final class FailureTopicQueue implements AutoCloseable {
    private static final int MOST_MESSAGES = 10;
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{
              "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
              "Resource": "%s", "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}""";

    private final AcceptanceStack stack;
    private final String url;
    private final String subscription;
    private final List<String> messages = new ArrayList<>();

    public FailureTopicQueue(AcceptanceStack stack) {
        this.stack = stack;
        var sqs = stack.clients().sqs();
        var topic = stack.output("failure_topic");
        var name = "%s-acceptance-%s".formatted(stack.name(), UUID.randomUUID());
        this.url = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        var arn = sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        sqs.setQueueAttributes(request ->
                request.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, POLICY.formatted(arn, topic))));
        this.subscription = stack.clients()
                .sns()
                .subscribe(request -> request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint(arn)
                        .attributes(Map.of("RawMessageDelivery", "true"))
                        .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    /** The number of messages of a run, once there is at least one. */
    AcceptanceReport.Finding messagesOf(Execution execution, String status) throws Exception {
        var found = stack.await(() -> messages(execution.runId()), messages -> !messages.isEmpty());
        return AcceptanceReport.Finding.of(found.size() == 1, "%s, messages: %d".formatted(status, found.size()));
    }

    /** The messages so far that contain a text. */
    List<String> messages(String text) {
        stack.clients()
                .sqs()
                .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(MOST_MESSAGES))
                .messages()
                .forEach(message -> messages.add(message.body()));
        return messages.stream().filter(message -> message.contains(text)).toList();
    }

    @Override
    public void close() {
        stack.clients().sns().unsubscribe(request -> request.subscriptionArn(subscription));
        stack.clients().sqs().deleteQueue(request -> request.queueUrl(url));
    }
}
