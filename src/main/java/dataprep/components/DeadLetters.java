package dataprep.components;

import com.pulumi.aws.sqs.Queue;
import com.pulumi.aws.sqs.QueueArgs;
import com.pulumi.aws.sqs.QueuePolicy;
import com.pulumi.aws.sqs.QueuePolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.DatasetSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dead-letter queue for events that could not be delivered: encrypted, TLS only, with SQS's longest retention. */
public final class DeadLetters extends ComponentResource {
    private static final int FOURTEEN_DAYS_IN_SECONDS = 14 * 24 * 3_600;

    private final String name;
    private final Queue queue;
    private final CustomResourceOptions child;

    /** The queue, unless only people start runs. */
    public static Optional<DeadLetters> ifNeeded(String name, Foundation foundation) {
        return foundation.settings().datasets().stream().anyMatch(DatasetSettings::startsByItself)
                ? Optional.of(new DeadLetters(name, foundation))
                : Optional.empty();
    }

    DeadLetters(String name, Foundation foundation) {
        super("dataprep:index:DeadLetters", name);
        this.name = name;
        this.child = CustomResourceOptions.builder().parent(this).build();
        var args = QueueArgs.builder().messageRetentionSeconds(FOURTEEN_DAYS_IN_SECONDS);
        foundation.encryption().keyArn().ifPresentOrElse(args::kmsMasterKeyId, () -> args.sqsManagedSseEnabled(true));
        this.queue = new Queue(name, args.build(), child);
        registerOutputs(Map.of("arn", queue.arn()));
    }

    Output<String> queueArn() {
        return queue.arn();
    }

    Output<String> queueName() {
        return queue.name();
    }

    /** Sets the queue's policy: these EventBridge rules may send to it. */
    void admit(List<Output<String>> ruleArns) {
        new QueuePolicy(
                name + "Policy",
                QueuePolicyArgs.builder()
                        .queueUrl(queue.url())
                        .policy(Output.tuple(queue.arn(), Output.all(ruleArns))
                                .applyValue(t -> policy(t.t1, t.t2).toJson()))
                        .build(),
                child);
    }

    static PolicyDocument policy(String queueArn, List<String> ruleArns) {
        var statements = new ArrayList<Statement>();
        statements.add(Statement.deny("sqs:*").byAnyone().on(queueArn).when("Bool", "aws:SecureTransport", "false"));
        if (!ruleArns.isEmpty()) {
            statements.add(Statement.allow("sqs:SendMessage")
                    .byService("events.amazonaws.com")
                    .on(queueArn)
                    .when("ArnEquals", "aws:SourceArn", ruleArns.toArray(String[]::new)));
        }
        return PolicyDocument.of(statements);
    }
}
