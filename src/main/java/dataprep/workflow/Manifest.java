package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import dataprep.lake.LakePaths;

/**
 * The object that names the current run; it is written only if it has not changed since it was read.
 *
 * <p>While a run publishes, the manifest also holds its claim, {@code publishing}: {run_id, execution, redrives, since}.
 */
record Manifest(ResourceNames resources) {
    static final String MISSING = "S3.NoSuchKeyException";

    Task read() {
        return call("getObject", reading()).argument("Key", resources.paths().manifest());
    }

    /**
     * Writes the manifest unless it was changed since it was read. The body is an object because the integration
     * encodes it as JSON; a text would get quotes.
     *
     * @param etag of the manifest to replace; empty if no manifest may exist
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes</a>
     */
    Task replace(Jsonata etag, Jsonata body) {
        var arguments = Jsonata.of("""
                $merge([
                  {'Bucket': %s, 'Key': %s, 'ContentType': 'application/json', 'Body': %s},
                  %s = '' ? {'IfNoneMatch': '*'} : {'IfMatch': %s}
                ])""".formatted(
                        Jsonata.quote(resources.dataBucket()),
                        Jsonata.quote(resources.paths().manifest()),
                        body.expression(),
                        etag.expression(),
                        etag.expression()));
        return call("putObject", allow("s3:PutObject"), reading()).arguments(arguments);
    }

    /** Writes a run's manifest beside its data set, with the same lifetime. */
    Task stage(Jsonata manifest) {
        return call("putObject", Statement.allow("s3:PutObject").on(stagedArn()))
                .argument("Key", stagedKey(Jsonata.of(manifest.expression() + ".dataset")))
                .argument("ContentType", "application/json")
                .argument("Body", manifest);
    }

    /** Reads the staged manifest of a data set by the URI of its folder. */
    Task readStaged(Jsonata dataset) {
        return call(
                        "getObject",
                        Statement.allow("s3:GetObject")
                                .on(resources.objectsArn(resources.paths().dataset() + "*")))
                .argument("Key", stagedKey(dataset));
    }

    private Jsonata stagedKey(Jsonata dataset) {
        var bucket = Jsonata.quote("s3://%s/".formatted(resources.dataBucket()));
        return Jsonata.of(
                "$substringAfter(%s, %s) & '%s'".formatted(dataset.expression(), bucket, LakePaths.STAGED_MANIFEST));
    }

    private String stagedArn() {
        return resources.objectsArn(resources.paths().dataset() + "*/" + LakePaths.STAGED_MANIFEST);
    }

    private Task call(String action, Statement... permissions) {
        return Task.awsSdk("s3", action, permissions)
                // without it S3 reports a missing manifest as AccessDenied
                .requires(Statement.allow("s3:ListBucket").on(resources.bucketArn()))
                .argument("Bucket", resources.dataBucket())
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(Retries.of(Retries.S3_TRANSIENT));
    }

    /** Also needed to compare etags. */
    private Statement reading() {
        return allow("s3:GetObject");
    }

    private Statement allow(String action) {
        return Statement.allow(action).on(resources.objectsArn(resources.paths().manifest()));
    }
}
