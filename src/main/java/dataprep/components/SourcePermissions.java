package dataprep.components;

import com.pulumi.exceptions.RunException;
import dataprep.iam.PolicyDocument;
import dataprep.iam.Statement;
import dataprep.settings.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The permissions to read the sources in S3, in as few statements and policies as IAM's size limits allow. */
final class SourcePermissions {
    /** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
    static final int MOST_POLICIES = 10;

    /** The extra length of an object's ARN in JSON over its URI: partition, quotes, comma, the data bucket's name. */
    private static final int ARN_OVERHEAD = 30;
    /** The length of a policy without the ARNs of objects and source buckets. */
    private static final int OTHER_STATEMENTS = 1_600;

    private static final int STATEMENT = 120;

    private SourcePermissions() {}

    /**
     * Groups the sources in S3 so that each group's objects fit in one policy; the first group shares its policy with
     * the function's other permissions. A preview knows all inputs of this.
     */
    static List<List<Source>> groups(List<Source> sources) {
        var groups = new ArrayList<List<Source>>();
        var group = new ArrayList<Source>();
        groups.add(group);
        var room = PolicyDocument.MANAGED_POLICY_CHARACTERS - OTHER_STATEMENTS - bucketCharacters(sources);
        for (var source : inS3(sources).toList()) {
            var size = source.uri().length() + ARN_OVERHEAD;
            if (size > room) {
                group = new ArrayList<>();
                groups.add(group);
                room = PolicyDocument.MANAGED_POLICY_CHARACTERS - STATEMENT;
            }
            group.add(source);
            room -= size;
        }
        return groups;
    }

    /** @throws RunException if a role cannot hold the permissions to read the sources */
    static void requireRoom(List<Source> sources) {
        var buckets = bucketCharacters(sources);
        // the secrets have a policy of their own
        var policies =
                groups(sources).size() + (SecretsOfSources.ofFunction(sources).isEmpty() ? 0 : 1);
        if (policies > MOST_POLICIES || buckets > PolicyDocument.MANAGED_POLICY_CHARACTERS - OTHER_STATEMENTS) {
            throw new RunException(
                    ("data-preparation:sources: the permissions to read %d sources in S3 are too long for a"
                                    + " role, which takes %d policies of %,d characters; use fewer sources, shorter"
                                    + " keys or fewer buckets")
                            .formatted(inS3(sources).count(), MOST_POLICIES, PolicyDocument.MANAGED_POLICY_CHARACTERS));
        }
    }

    /** Allows reading the objects of these sources; no statement if none is in S3. */
    static List<Statement> readObjects(List<Source> sources, AwsTarget target, String dataBucket) {
        var objects = inS3(sources)
                .map(source -> source.in(dataBucket))
                .map(source -> target.s3Arn("%s/%s%s"
                        .formatted(
                                source.s3Bucket().orElseThrow(),
                                source.s3Key().orElseThrow(),
                                source.isPrefix() ? "*" : "")))
                .toArray(String[]::new);
        return objects.length == 0
                ? List.of()
                : List.of(Statement.allow("s3:GetObject").on(objects));
    }

    /** Without it S3 reports a missing object as a missing permission. */
    static Statement list(List<Source> sources, AwsTarget target, String dataBucket) {
        return Statement.allow("s3:ListBucket")
                .on(Stream.concat(
                                Stream.of(dataBucket),
                                inS3(sources)
                                        .map(source ->
                                                source.in(dataBucket).s3Bucket().orElseThrow()))
                        .map(target::s3Arn)
                        .toArray(String[]::new));
    }

    private static Stream<Source> inS3(List<Source> sources) {
        return sources.stream().filter(source -> source.s3Key().isPresent());
    }

    private static int bucketCharacters(List<Source> sources) {
        return inS3(sources)
                .map(source -> source.s3Bucket().orElseThrow())
                .distinct()
                .mapToInt(bucket -> bucket.length() + ARN_OVERHEAD)
                .sum();
    }
}
