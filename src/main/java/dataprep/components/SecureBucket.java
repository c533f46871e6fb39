package dataprep.components;

import com.pulumi.asset.AssetOrArchive;
import com.pulumi.aws.s3.BucketLifecycleConfigurationV2;
import com.pulumi.aws.s3.BucketLifecycleConfigurationV2Args;
import com.pulumi.aws.s3.BucketObjectv2;
import com.pulumi.aws.s3.BucketObjectv2Args;
import com.pulumi.aws.s3.BucketOwnershipControls;
import com.pulumi.aws.s3.BucketOwnershipControlsArgs;
import com.pulumi.aws.s3.BucketPolicy;
import com.pulumi.aws.s3.BucketPolicyArgs;
import com.pulumi.aws.s3.BucketPublicAccessBlock;
import com.pulumi.aws.s3.BucketPublicAccessBlockArgs;
import com.pulumi.aws.s3.BucketServerSideEncryptionConfigurationV2;
import com.pulumi.aws.s3.BucketServerSideEncryptionConfigurationV2Args;
import com.pulumi.aws.s3.BucketV2;
import com.pulumi.aws.s3.BucketV2Args;
import com.pulumi.aws.s3.BucketVersioningV2;
import com.pulumi.aws.s3.BucketVersioningV2Args;
import com.pulumi.aws.s3.inputs.BucketOwnershipControlsRuleArgs;
import com.pulumi.aws.s3.inputs.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs;
import com.pulumi.aws.s3.inputs.BucketServerSideEncryptionConfigurationV2RuleArgs;
import com.pulumi.aws.s3.inputs.BucketVersioningV2VersioningConfigurationArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.Deletion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bucket that is private, encrypted, versioned, with bucket-owner-enforced ownership and TLS only. */
final class SecureBucket extends ComponentResource {
    private final BucketV2 bucket;
    private final Output<String> usableName;

    /**
     * @param expiryDays the days after which the objects of a prefix expire, by prefix
     * @param sensitiveDays the same for objects with the tag of sensitive sources, which then leave no old version
     */
    SecureBucket(
            String name,
            Map<String, Integer> expiryDays,
            Map<String, Integer> sensitiveDays,
            Deletion deletion,
            Encryption encryption,
            Output<AwsTarget> target,
            Resource parent) {
        super(
                "dataprep:s3:SecureBucket",
                name,
                ComponentResourceOptions.builder().parent(parent).build());
        var child = CustomResourceOptions.builder().parent(this).build();
        this.bucket = new BucketV2(
                name,
                BucketV2Args.builder()
                        .forceDestroy(deletion == Deletion.WITH_CONTENT)
                        .build(),
                CustomResourceOptions.builder()
                        .parent(this)
                        .protect(deletion == Deletion.NEVER)
                        .retainOnDelete(deletion == Deletion.NEVER)
                        .build());
        var access = new BucketPublicAccessBlock(
                name + "PublicAccessBlock",
                BucketPublicAccessBlockArgs.builder()
                        .bucket(bucket.id())
                        .blockPublicAcls(true)
                        .blockPublicPolicy(true)
                        .ignorePublicAcls(true)
                        .restrictPublicBuckets(true)
                        .build(),
                child);
        new BucketOwnershipControls(
                name + "OwnershipControls",
                BucketOwnershipControlsArgs.builder()
                        .bucket(bucket.id())
                        .rule(BucketOwnershipControlsRuleArgs.builder()
                                .objectOwnership("BucketOwnerEnforced")
                                .build())
                        .build(),
                child);
        new BucketServerSideEncryptionConfigurationV2(
                name + "Encryption",
                BucketServerSideEncryptionConfigurationV2Args.builder()
                        .bucket(bucket.id())
                        .rules(encryption(encryption.keyArn()))
                        .build(),
                child);
        var versioning = new BucketVersioningV2(
                name + "Versioning",
                BucketVersioningV2Args.builder()
                        .bucket(bucket.id())
                        .versioningConfiguration(BucketVersioningV2VersioningConfigurationArgs.builder()
                                .status("Enabled")
                                .build())
                        .build(),
                child);
        new BucketLifecycleConfigurationV2(
                name + "Lifecycle",
                BucketLifecycleConfigurationV2Args.builder()
                        .bucket(versioning.bucket())
                        .rules(LifecycleRules.of(expiryDays, sensitiveDays))
                        .build(),
                child);
        new BucketPolicy(
                name + "Policy",
                BucketPolicyArgs.builder()
                        .bucket(access.bucket())
                        .policy(Output.tuple(target, bucket.bucket())
                                .applyValue(t -> tlsOnly(t.t1, t.t2).toJson()))
                        .build(),
                child);
        this.usableName = Output.tuple(bucket.bucket(), versioning.id()).applyValue(t -> t.t1);
        registerOutputs(Map.of("bucket", usableName));
    }

    /** The bucket's name, resolved once versioning is enabled. */
    Output<String> name() {
        return usableName;
    }

    /**
     * Uploads a file or an archive.
     *
     * @return its s3:// URI
     */
    static Output<String> upload(
            String name, Output<String> bucket, String key, Output<AssetOrArchive> content, Resource parent) {
        var object = new BucketObjectv2(
                name,
                BucketObjectv2Args.builder()
                        .bucket(bucket)
                        .key(key)
                        .source(content)
                        .build(),
                CustomResourceOptions.builder().parent(parent).build());
        return Output.format("s3://%s/%s", object.bucket(), object.key());
    }

    static PolicyDocument tlsOnly(AwsTarget target, String bucket) {
        return PolicyDocument.of(List.of(Statement.deny("s3:*")
                .byAnyone()
                .on(target.s3Arn(bucket), target.s3Arn(bucket + "/*"))
                .when("Bool", "aws:SecureTransport", "false")));
    }

    /** A bucket key reduces the calls to KMS. */
    private static BucketServerSideEncryptionConfigurationV2RuleArgs encryption(Optional<Output<String>> keyArn) {
        var byDefault = BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs.builder();
        keyArn.ifPresentOrElse(
                arn -> byDefault.sseAlgorithm("aws:kms").kmsMasterKeyId(arn), () -> byDefault.sseAlgorithm("AES256"));
        var rule = BucketServerSideEncryptionConfigurationV2RuleArgs.builder()
                .applyServerSideEncryptionByDefault(byDefault.build());
        keyArn.ifPresent(arn -> rule.bucketKeyEnabled(true));
        return rule.build();
    }
}
