package dataprep.components;

import com.pulumi.asset.AssetOrArchive;
import com.pulumi.asset.FileAsset;
import com.pulumi.aws.s3.BucketObjectv2;
import com.pulumi.aws.s3.BucketObjectv2Args;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.iam.Statement;
import dataprep.lake.LakePaths;
import dataprep.settings.Deletion;
import dataprep.settings.PipelineSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The storage: a bucket for the data of all runs, and a bucket for code and recipe. */
public final class DataLake extends ComponentResource {
    private static final int QUERY_RESULT_DAYS = 7;

    private final Optional<Output<String>> keyArn;
    private final Output<String> dataBucket;
    private final Output<String> scriptsBucket;

    public DataLake(String name, PipelineSettings settings, Output<AwsTarget> target) {
        super("dataprep:index:DataLake", name);
        this.keyArn = settings.encryptWithKey()
                ? Optional.of(new EncryptionKey("encryptionKey", settings, target, this).arn())
                : Optional.empty();
        this.dataBucket = new SecureBucket(
                        "dataBucket",
                        expiryDays(settings.retention()),
                        sensitiveDays(settings),
                        settings.dataDeletion(),
                        keyArn,
                        target,
                        this)
                .name();
        this.scriptsBucket = new SecureBucket(
                        "scriptsBucket", Map.of(), Map.of(), Deletion.WITH_CONTENT, keyArn, target, this)
                .name();
        settings.sampleData()
                .forEach((key, file) -> upload("sample-" + key, dataBucket, key, new FileAsset(file.toString()), this));
        registerOutputs(Map.of("dataBucket", dataBucket, "scriptsBucket", scriptsBucket));
    }

    public Output<String> dataBucket() {
        return dataBucket;
    }

    /** The KMS key that encrypts the stack's data, messages and logs; empty if AWS's own keys do. */
    Optional<Output<String>> keyArn() {
        return keyArn;
    }

    /** Adds to a role's statements the KMS permissions that encrypted data require. */
    Output<List<Statement>> decrypting(Output<List<Statement>> statements) {
        return keyArn.map(arn -> Output.tuple(statements, arn)
                        .applyValue(t -> Stream.concat(t.t1.stream(), Stream.of(EncryptionKey.use(t.t2)))
                                .toList()))
                .orElse(statements);
    }

    /**
     * Uploads code or a recipe for the runs to read.
     *
     * @return its s3:// URI
     */
    Output<String> uploadScript(String key, AssetOrArchive content, Resource parent) {
        return upload("script-" + key, scriptsBucket, "scripts/" + key, content, parent);
    }

    Output<String> scriptsBucket() {
        return scriptsBucket;
    }

    private static Map<String, Integer> expiryDays(PipelineSettings.Retention retention) {
        var days = new LinkedHashMap<String, Integer>();
        days.put(LakePaths.RAW, retention.rawDays());
        days.put(LakePaths.QUARANTINE, retention.reportDays());
        days.put(LakePaths.QUALITY, retention.reportDays());
        days.put(LakePaths.REPORTS, retention.reportDays());
        days.put(LakePaths.QUERY_RESULTS, QUERY_RESULT_DAYS);
        return days;
    }

    private static Map<String, Integer> sensitiveDays(PipelineSettings settings) {
        return settings.recipe().sensitiveSources().isEmpty()
                ? Map.of()
                : Map.of(LakePaths.RAW, settings.retention().sensitiveRawDays());
    }

    private static Output<String> upload(
            String name, Output<String> bucket, String key, AssetOrArchive content, Resource parent) {
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
}
