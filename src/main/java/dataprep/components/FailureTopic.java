package dataprep.components;

import com.pulumi.aws.sns.Topic;
import com.pulumi.aws.sns.TopicArgs;
import com.pulumi.aws.sns.TopicPolicy;
import com.pulumi.aws.sns.TopicPolicyArgs;
import com.pulumi.aws.sns.TopicSubscription;
import com.pulumi.aws.sns.TopicSubscriptionArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
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
     * Whose topic it is.
     *
     * @param qualifier of the data set that has its own topic; empty for the stack's topic
     * @param email that receives the messages; empty if none does
     */
    public record Args(String qualifier, Optional<String> email, Foundation foundation) {}

    public FailureTopic(String name, Args args, ComponentResourceOptions options) {
        super("dataprep:index:FailureTopic", name, options);
        var foundation = args.foundation();
        var qualifier = args.qualifier();
        var child = CustomResourceOptions.builder().parent(this).build();
        var topic = TopicArgs.builder().displayName("data preparation failures");
        foundation.encryption().keyArn().ifPresent(topic::kmsMasterKeyId);
        this.arn = new Topic(qualifier + "failureTopic", topic.build(), child).arn();
        new TopicPolicy(
                qualifier + "failureTopicPolicy",
                TopicPolicyArgs.builder()
                        .arn(arn)
                        .policy(Output.tuple(arn, foundation.target())
                                .applyValue(t -> policy(foundation.settings(), t.t1, t.t2)
                                        .toJson()))
                        .build(),
                child);
        args.email()
                .ifPresent(address -> new TopicSubscription(
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
