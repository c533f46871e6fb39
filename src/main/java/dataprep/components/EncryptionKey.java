package dataprep.components;

import com.pulumi.aws.kms.Key;
import com.pulumi.aws.kms.KeyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.PipelineSettings;
import java.util.ArrayList;
import java.util.Map;

/** A customer-managed KMS key that encrypts the stack's data, messages and logs. */
final class EncryptionKey extends ComponentResource {
    private static final int DELETION_WINDOW_DAYS = 30;
    /** The actions of those who read and write encrypted data; all other actions are for administrators. */
    private static final String[] USE = {"kms:Decrypt", "kms:GenerateDataKey"};

    private static final String[] ADMINISTRATION = {
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:CreateGrant",
        "kms:DeleteAlias",
        "kms:DescribeKey",
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:EnableKey",
        "kms:EnableKeyRotation",
        "kms:Encrypt",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListGrants",
        "kms:ListKeyPolicies",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:RevokeGrant",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription"
    };

    private final Key key;

    EncryptionKey(String name, PipelineSettings settings, Output<AwsTarget> target) {
        super("dataprep:kms:EncryptionKey", name);
        this.key = new Key(
                name,
                KeyArgs.builder()
                        .description("Encrypts the data of the data preparation")
                        .enableKeyRotation(true)
                        .deletionWindowInDays(DELETION_WINDOW_DAYS)
                        .policy(target.applyValue(t -> policy(t, settings).toJson()))
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        registerOutputs(Map.of("arn", key.arn()));
    }

    Output<String> arn() {
        return key.arn();
    }

    /** The permissions of a role that reads or writes encrypted data. */
    static Statement use(String keyArn) {
        return Statement.allow(USE).on(keyArn);
    }

    /**
     * The account administers the key and grants its use by identity policies. Service principals use it for messages
     * to the stack's topics and queues, and for its log groups.
     */
    static PolicyDocument policy(AwsTarget target, PipelineSettings settings) {
        var statements = new ArrayList<Statement>();
        statements.add(Statement.allow(ADMINISTRATION).byArn(account(target)));
        statements.add(Statement.allow(USE).byArn(account(target)));
        statements.add(TopicPublishers.events(USE));
        statements.addAll(TopicPublishers.watchers(settings, target, USE));
        statements.add(logs(target, settings.logGroups().pattern()));
        return PolicyDocument.of(
                statements.stream().map(statement -> statement.on("*")).toList());
    }

    private static String account(AwsTarget target) {
        return "arn:%s:iam::%s:root".formatted(target.partition(), target.account());
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
    private static Statement logs(AwsTarget target, String groups) {
        return Statement.allow(
                        "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo")
                .byService(target.regionalPrincipal("logs"))
                .when("ArnLike", "kms:EncryptionContext:aws:logs:arn", target.arn("logs", "log-group:" + groups));
    }
}
