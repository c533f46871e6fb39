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
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import java.util.Optional;

/** The topic of those who look after the stack: alarms and the budget, not each failed run's own message. */
final class AlarmTopic {
    private final Topic topic;

    AlarmTopic(String name, Optional<String> email, Output<AwsTarget> target, Resource parent) {
        var child = CustomResourceOptions.builder().parent(parent).build();
        this.topic = new Topic(
                name, TopicArgs.builder().displayName("data preparation alarms").build(), child);
        new TopicPolicy(
                name + "Policy",
                TopicPolicyArgs.builder()
                        .arn(topic.arn())
                        .policy(Output.tuple(topic.arn(), target)
                                .applyValue(t -> policy(t.t1, t.t2).toJson()))
                        .build(),
                child);
        email.ifPresent(address -> new TopicSubscription(
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

    static PolicyDocument policy(String topicArn, AwsTarget target) {
        return PolicyDocument.of(
                Statement.allow("sns:Publish")
                        .byService("budgets.amazonaws.com", "cloudwatch.amazonaws.com")
                        .on(topicArn)
                        .when("StringEquals", "aws:SourceAccount", target.account()),
                Statement.deny("sns:Publish").byAnyone().on(topicArn).when("Bool", "aws:SecureTransport", "false"));
    }
}
