package dataprep.components;

import com.pulumi.aws.sqs.Queue;
import com.pulumi.aws.sqs.QueueArgs;
import com.pulumi.aws.sqs.QueuePolicy;
import com.pulumi.aws.sqs.QueuePolicyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import java.util.ArrayList;
import java.util.List;

/** A dead-letter queue for events that could not be delivered: encrypted, TLS only, with SQS's longest retention. */
final class DeadLetters {
    private static final int FOURTEEN_DAYS_IN_SECONDS = 14 * 24 * 3_600;

    private final String name;
    private final Queue queue;
    private final CustomResourceOptions child;

    DeadLetters(String name, DataLake lake, Resource parent) {
        this.name = name;
        this.child = CustomResourceOptions.builder().parent(parent).build();
        var args = QueueArgs.builder().messageRetentionSeconds(FOURTEEN_DAYS_IN_SECONDS);
        lake.keyArn().ifPresentOrElse(args::kmsMasterKeyId, () -> args.sqsManagedSseEnabled(true));
        this.queue = new Queue(name, args.build(), child);
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
