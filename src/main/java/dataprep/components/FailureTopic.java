package dataprep.components;

import com.pulumi.aws.sns.Topic;
import com.pulumi.aws.sns.TopicArgs;
import com.pulumi.aws.sns.TopicPolicy;
import com.pulumi.aws.sns.TopicPolicyArgs;
import com.pulumi.aws.sns.TopicSubscription;
import com.pulumi.aws.sns.TopicSubscriptionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** The SNS topic for the messages of failed runs and of warnings. */
public final class FailureTopic extends ComponentResource {
    private final Output<String> arn;

    /**
     * @param qualifier of the data set that has its own topic; empty for the stack's topic
     * @param email that receives the messages
     */
    public FailureTopic(String name, String qualifier, Optional<String> email, Foundation foundation) {
        super("dataprep:index:FailureTopic", name);
        var child = CustomResourceOptions.builder().parent(this).build();
        var args = TopicArgs.builder().displayName("data preparation failures");
        foundation.encryption().keyArn().ifPresent(args::kmsMasterKeyId);
        this.arn = new Topic(qualifier + "failureTopic", args.build(), child).arn();
        new TopicPolicy(
                qualifier + "failureTopicPolicy",
                TopicPolicyArgs.builder()
                        .arn(arn)
                        .policy(Output.tuple(arn, foundation.target())
                                .applyValue(t -> policy(foundation.settings(), t.t1, t.t2)
                                        .toJson()))
                        .build(),
                child);
        email.ifPresent(address -> new TopicSubscription(
                qualifier + "failureEmail",
                TopicSubscriptionArgs.builder()
                        .topic(arn)
                        .protocol("email")
                        .endpoint(address)
                        .build(),
                child));
        registerOutputs(Map.of("arn", arn));
    }

    public Output<String> arn() {
        return arn;
    }

    private static PolicyDocument policy(PipelineSettings settings, String topicArn, AwsTarget target) {
        var publishers = new ArrayList<Statement>();
        publishers.add(TopicPublishers.events(TopicPublishers.PUBLISH));
        publishers.addAll(TopicPublishers.alarms(settings, target, TopicPublishers.PUBLISH));
        return TopicPublishers.topicPolicy(topicArn, publishers);
    }
}
