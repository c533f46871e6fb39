package dataprep.components;

import com.pulumi.aws.kms.Key;
import com.pulumi.aws.kms.KeyArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import java.util.Map;

/** A KMS key of the stack's own, which encrypts its data, its messages and its logs. */
final class EncryptionKey extends ComponentResource {
    private static final int DELETION_WINDOW_DAYS = 30;
    /** What those who read and write with the key call; everything else about it is for administrators. */
    private static final String[] USE = {"kms:Decrypt", "kms:GenerateDataKey"};

    private final Key key;

    /** @param logGroups pattern of the names of the log groups that the key encrypts */
    EncryptionKey(String name, String logGroups, Output<AwsTarget> target, Resource parent) {
        super(
                "dataprep:kms:EncryptionKey",
                name,
                ComponentResourceOptions.builder().parent(parent).build());
        this.key = new Key(
                name,
                KeyArgs.builder()
                        .description("Encrypts what the data preparation keeps")
                        .enableKeyRotation(true)
                        .deletionWindowInDays(DELETION_WINDOW_DAYS)
                        .policy(target.applyValue(t -> policy(t, logGroups).toJson()))
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        registerOutputs(Map.of("arn", key.arn()));
    }

    Output<String> arn() {
        return key.arn();
    }

    /** What a role needs that reads or writes what the key encrypts. */
    static Statement use(String keyArn) {
        return Statement.allow(USE).on(keyArn);
    }

    /**
     * The account administers the key and says by its roles' own policies who uses it; CloudWatch Logs uses it for the
     * stack's log groups, CloudWatch and EventBridge for their messages to its topics.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html">Log groups</a>
     */
    static PolicyDocument policy(AwsTarget target, String logGroups) {
        var account = "arn:%s:iam::%s:root".formatted(target.partition(), target.account());
        return PolicyDocument.of(
                Statement.allow(
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
                                "kms:UpdateKeyDescription")
                        .byArn(account)
                        .on("*"),
                Statement.allow(USE).byArn(account).on("*"),
                // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: alarms and events are messages,
                // too
                Statement.allow(USE)
                        .byService("cloudwatch.amazonaws.com", "events.amazonaws.com")
                        .on("*"),
                Statement.allow(
                                "kms:Decrypt",
                                "kms:DescribeKey",
                                "kms:Encrypt",
                                "kms:GenerateDataKey",
                                "kms:ReEncryptFrom",
                                "kms:ReEncryptTo")
                        .byService("logs.%s.amazonaws.com".formatted(target.region()))
                        .on("*")
                        .when(
                                "ArnLike",
                                "kms:EncryptionContext:aws:logs:arn",
                                target.arn("logs", "log-group:" + logGroups)));
    }
}
