package dataprep.components;

import com.pulumi.aws.sns.Topic;
import com.pulumi.aws.sns.TopicArgs;
import com.pulumi.aws.sns.TopicPolicy;
import com.pulumi.aws.sns.TopicPolicyArgs;
import com.pulumi.aws.sns.TopicSubscription;
import com.pulumi.aws.sns.TopicSubscriptionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;

/** The SNS topic for operators: alarms and budget messages, but not the message of each failed run. */
final class AlarmTopic {
    private final Topic topic;

    AlarmTopic(String name, Foundation foundation, Resource parent) {
        var settings = foundation.settings();
        var child = CustomResourceOptions.builder().parent(parent).build();
        var args = TopicArgs.builder().displayName("data preparation alarms");
        foundation.encryption().keyArn().ifPresent(args::kmsMasterKeyId);
        this.topic = new Topic(name, args.build(), child);
        new TopicPolicy(
                name + "Policy",
                TopicPolicyArgs.builder()
                        .arn(topic.arn())
                        .policy(Output.tuple(topic.arn(), foundation.target())
                                .applyValue(t -> TopicPublishers.topicPolicy(
                                                t.t1, TopicPublishers.watchers(settings, t.t2, TopicPublishers.PUBLISH))
                                        .toJson()))
                        .build(),
                child);
        settings.operations()
                .alarmEmail()
                .ifPresent(address -> new TopicSubscription(
                        "alarmEmail",
                        TopicSubscriptionArgs.builder()
                                .topic(topic.arn())
                                .protocol("email")
                                .endpoint(address)
                                .build(),
                        child));
    }

    Output<String> arn() {
        return topic.arn();
    }
}
