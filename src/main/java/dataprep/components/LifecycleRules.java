package dataprep.components;

import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleExpirationArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleFilterAndArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleFilterArgs;
import com.pulumi.aws.s3.inputs.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules by which S3 deletes objects, old versions and unfinished uploads of a bucket. */
final class LifecycleRules {
    private static final int SUPERSEDED_VERSION_DAYS = 30;
    private static final int UNFINISHED_UPLOAD_DAYS = 2;
    /** The function sets it: lambda/extract/event.py. */
    private static final Map<String, String> SENSITIVE_TAG = Map.of("sensitive", "true");

    private LifecycleRules() {}

    static List<BucketLifecycleConfigurationV2RuleArgs> of(
            Map<String, Integer> expiryDays, Map<String, Integer> sensitiveDays) {
        var rules = new ArrayList<BucketLifecycleConfigurationV2RuleArgs>();
        rules.add(rule("superseded", "")
                .noncurrentVersionExpiration(BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs.builder()
                        .noncurrentDays(SUPERSEDED_VERSION_DAYS)
                        .build())
                // a deleted object leaves a delete marker, which outlasts its last version
                .expiration(BucketLifecycleConfigurationV2RuleExpirationArgs.builder()
                        .expiredObjectDeleteMarker(true)
                        .build())
                .abortIncompleteMultipartUpload(
                        BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs.builder()
                                .daysAfterInitiation(UNFINISHED_UPLOAD_DAYS)
                                .build())
                .build());
        expiryDays.forEach((prefix, days) -> rules.add(rule(id(prefix), prefix)
                .expiration(BucketLifecycleConfigurationV2RuleExpirationArgs.builder()
                        .days(days)
                        .build())
                .build()));
        sensitiveDays.forEach((prefix, days) -> rules.add(BucketLifecycleConfigurationV2RuleArgs.builder()
                .id("sensitive-" + id(prefix))
                .status("Enabled")
                .filter(BucketLifecycleConfigurationV2RuleFilterArgs.builder()
                        .and(BucketLifecycleConfigurationV2RuleFilterAndArgs.builder()
                                .prefix(prefix)
                                .tags(SENSITIVE_TAG)
                                .build())
                        .build())
                .expiration(BucketLifecycleConfigurationV2RuleExpirationArgs.builder()
                        .days(days)
                        .build())
                .noncurrentVersionExpiration(BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs.builder()
                        .noncurrentDays(1)
                        .build())
                .build()));
        return rules;
    }

    private static String id(String prefix) {
        return prefix.replaceAll("/$", "").replace("/", "-");
    }

    private static BucketLifecycleConfigurationV2RuleArgs.Builder rule(String id, String prefix) {
        return BucketLifecycleConfigurationV2RuleArgs.builder()
                .id(id)
                .status("Enabled")
                .filter(BucketLifecycleConfigurationV2RuleFilterArgs.builder()
                        .prefix(prefix)
                        .build());
    }
}
