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
import dataprep.settings.PipelineSettings;
import java.util.ArrayList;

/** The topic of those who look after the stack: alarms and the budget, not each failed run's own message. */
final class AlarmTopic {
    private final Topic topic;

    AlarmTopic(String name, PipelineSettings settings, DataLake lake, Output<AwsTarget> target, Resource parent) {
        var child = CustomResourceOptions.builder().parent(parent).build();
        var args = TopicArgs.builder().displayName("data preparation alarms");
        lake.keyArn().ifPresent(args::kmsMasterKeyId);
        this.topic = new Topic(name, args.build(), child);
        new TopicPolicy(
                name + "Policy",
                TopicPolicyArgs.builder()
                        .arn(topic.arn())
                        .policy(Output.tuple(topic.arn(), target)
                                .applyValue(t -> policy(settings, t.t1, t.t2).toJson()))
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

    static PolicyDocument policy(PipelineSettings settings, String topicArn, AwsTarget target) {
        var statements = new ArrayList<Statement>();
        if (settings.operations().alarms()) {
            statements.add(
                    Publishers.alarms(settings.name(), target, "sns:Publish").on(topicArn));
        }
        if (settings.operations().budget()) {
            statements.add(Publishers.budgets(target, "sns:Publish").on(topicArn));
        }
        statements.add(
                Statement.deny("sns:Publish").byAnyone().on(topicArn).when("Bool", "aws:SecureTransport", "false"));
        return PolicyDocument.of(statements);
    }
}
