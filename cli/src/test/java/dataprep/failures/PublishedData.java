package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.run.DataBucket;
import dataprep.lake.LakePaths;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The data bucket and the catalog, as readers see them. */
record PublishedData(Aws aws, String bucket) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE =
            StackFiles.onlyDataset(LocalPipeline.settings(Map.of())).name();

    private DataBucket objects() {
        return new DataBucket(aws.s3, bucket, LakePaths.ROOT);
    }

    /** The run that the manifest names; empty if there is no manifest. */
    String publishedRun() throws IOException {
        return JSON.readTree(manifest()).path("run_id").asText();
    }

    /** The manifest; an empty object if there is none. */
    String manifest() {
        try {
            return text(LakePaths.ROOT.manifest());
        } catch (NoSuchKeyException e) {
            return "{}";
        }
    }

    String text(String key) {
        return aws.s3
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asUtf8String();
    }

    String etag(String key) {
        return aws.s3
                .headObject(request -> request.bucket(bucket).key(key))
                .eTag()
                .replace("\"", "");
    }

    void write(String key, String text) {
        aws.s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    void delete(String key) {
        aws.s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    /** Deletes the data sets of all other runs. */
    void deleteDataSetsBut(String run) {
        var others = keys(LakePaths.ROOT.dataset())
                .filter(key -> !key.contains("/run_id=" + run + "/"))
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        if (!others.isEmpty()) {
            aws.s3.deleteObjects(request -> request.bucket(bucket).delete(delete -> delete.objects(others)));
        }
    }

    /** Copies all output of a run's job under a prefix, with the original keys. */
    void copyWhatIsOf(String run, String prefix) {
        Stream.of(
                        LakePaths.ROOT.dataset(),
                        LakePaths.ROOT.quarantine(),
                        LakePaths.ROOT.quality(),
                        LakePaths.ROOT.reports())
                .flatMap(written -> keys("%srun_id=%s/".formatted(written, run)))
                .forEach(key -> aws.s3.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(key)
                        .destinationBucket(bucket)
                        .destinationKey(prefix + key)));
    }

    /** The location of the catalog's table. */
    String tableLocation() {
        var database =
                aws.glue.getDatabases(request -> {}).databaseList().get(0).name();
        return aws.glue
                .getTable(request -> request.databaseName(database).name(TABLE))
                .table()
                .storageDescriptor()
                .location();
    }

    /** The keys of all objects of the data bucket, without the lineage, which EventBridge records some time later. */
    Set<String> keys() {
        return keys("").filter(key -> !key.startsWith(LakePaths.ROOT.lineage()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> keys(String prefix) {
        return aws.s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key);
    }

    /** Asserts that the manifest, the table and output.csv belong to this run and that its data exist. */
    void assertWhole(String run) throws IOException {
        assertEquals(run, publishedRun());
        var dataset = JSON.readTree(manifest()).path("dataset").asText();
        assertTrue(dataset.contains("/run_id=" + run + "/"), dataset);
        assertEquals(dataset, tableLocation());
        assertEquals(
                text(dataset.replace("s3://" + bucket + "/", "") + "_output.csv"), text(LakePaths.ROOT.outputCsv()));
    }

    /** The id of the job run with the last report of a run. */
    String jobRun(String run) {
        return objects().jobRunFolder(run).replaceFirst(".*/job_run=(.*)/", "$1");
    }

    /** The key of a run's quality report. */
    String reportOf(String run) {
        return objects().reportKey(objects().jobRunFolder(run));
    }
}
