package dataprep.cli.acceptance;

import dataprep.asl.Payload;
import dataprep.asl.Task;
import dataprep.cli.acceptance.AcceptanceReport.Finding;
import dataprep.cli.run.DataBucket;
import dataprep.lake.LakePaths;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Checks the conditional calls of a publication with conditions that are not met.
 *
 * <p>Each call writes the current value, so that readers see no change if AWS ignores the condition.
 */
public final class ConditionalWriteChecks {
    private static final String ANOTHER_ETAG = "\"00000000000000000000000000000000\"";
    private static final int OVER_THE_LIMIT = 300 * 1024;
    private static final String LARGE = LakePaths.ROOT.reports() + "run_id=acceptance/large.txt";
    private static final String DELETED = LakePaths.ROOT.dataset() + "run_id=acceptance/deleted.txt";

    private final AcceptanceStack stack;
    private final AcceptanceReport report;
    private final Probe probe;
    private final DataBucket bucket;

    public ConditionalWriteChecks(AcceptanceStack stack, AcceptanceReport report) {
        this.stack = stack;
        this.report = report;
        this.probe = new Probe(stack);
        this.bucket = new DataBucket(stack.aws().s3(), stack.output("data_bucket"), LakePaths.ROOT);
    }

    /** Requires a published run. */
    public void check() throws Exception {
        var manifest = bucket.manifest().orElseThrow();
        var put = object("putObject", LakePaths.ROOT.manifest()).argument("Body", manifest);
        refused(Assumption.PUT_IF_MATCH, put.argument("IfMatch", ANOTHER_ETAG));
        refused(Assumption.PUT_IF_NONE_MATCH, put.argument("IfNoneMatch", "*"));
        var csv = manifest.path("output_csv_copied_from").asText();
        if (csv.isEmpty()) {
            var none = Finding.notChecked("the published run has no output.csv");
            report.check(Assumption.COPY_IF_MATCH, () -> none);
            report.check(Assumption.COPY_IF_NONE_MATCH, () -> none);
        } else {
            var copy =
                    object("copyObject", LakePaths.ROOT.outputCsv()).argument("CopySource", csv.replace("s3://", ""));
            refused(Assumption.COPY_IF_MATCH, copy.argument("IfMatch", ANOTHER_ETAG));
            refused(Assumption.COPY_IF_NONE_MATCH, copy.argument("IfNoneMatch", "*"));
        }
        put(DELETED, "temporary");
        refused(Assumption.DELETE_IF_MATCH, object("deleteObject", DELETED).argument("IfMatch", ANOTHER_ETAG));
        delete(DELETED);
        checkTable(manifest.path("table").asText().split("\\."));
        put(LARGE, "x".repeat(OVER_THE_LIMIT));
        report.check(Assumption.LARGE_RESULT, () -> {
            var found = probe.run(object("getObject", LARGE));
            return Finding.of(found.contains("States.DataLimitExceeded"), found);
        });
        delete(LARGE);
    }

    private void refused(Assumption assumption, Task task) throws InterruptedException {
        report.check(assumption, () -> {
            var found = probe.run(task);
            return Finding.of(found.startsWith("S3.S3Exception caught") && found.contains("412"), found);
        });
    }

    private void checkTable(String[] name) throws InterruptedException {
        report.check(Assumption.UPDATE_TABLE_VERSION, () -> {
            var table = stack.clients()
                    .glue()
                    .getTable(request -> request.databaseName(name[0]).name(name[1]))
                    .table();
            var found = probe.run(Task.awsSdk("glue", "updateTable")
                    .argument("DatabaseName", name[0])
                    .argument("TableInput", input(table))
                    .argument("VersionId", "outdated"));
            return Finding.of(found.startsWith("Glue.") && found.contains(" caught"), found);
        });
    }

    private static Payload input(Table table) {
        var storage = table.storageDescriptor();
        return Payload.with("Name", table.name())
                .and("TableType", table.tableType())
                .and("Parameters", table.parameters())
                .and(
                        "StorageDescriptor",
                        Payload.with(
                                        "Columns",
                                        storage.columns().stream()
                                                .map(ConditionalWriteChecks::column)
                                                .toList())
                                .and("Location", storage.location())
                                .and("InputFormat", storage.inputFormat())
                                .and("OutputFormat", storage.outputFormat())
                                .and(
                                        "SerdeInfo",
                                        Map.of(
                                                "SerializationLibrary",
                                                storage.serdeInfo().serializationLibrary())));
    }

    private static Map<String, String> column(Column column) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Name", column.name());
        fields.put("Type", column.type());
        return fields;
    }

    private Task object(String action, String key) {
        return Task.awsSdk("s3", action).argument("Bucket", bucket.name()).argument("Key", key);
    }

    private void put(String key, String text) {
        bucket.s3().putObject(request -> request.bucket(bucket.name()).key(key), RequestBody.fromString(text));
    }

    private void delete(String key) {
        bucket.s3().deleteObject(request -> request.bucket(bucket.name()).key(key));
    }
}
