package dataprep.cli;

import dataprep.lake.LakePaths;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** The Iceberg table of orders: new rows for it, the rows that runs stage, and what another writer does to it. */
record OrdersTable(StackOnLocalAws stack) {
    private static final String ORDER = """
            {"id": "%s", "placed": "%s", "status": "%s", "customer": {"id": %d, "name": "Ada"}, "channel": "%s", \
            "items": [{"sku": "LAMP-01", "quantity": %d, "price": 10.00}], "total": %d0.00}
            """;

    static String order(String id, String placed, String status, int quantity) {
        return ORDER.formatted(id, placed, status, 17, "web", quantity, quantity);
    }

    /** Makes the table name another metadata file, as another writer would. */
    void update(Table found, String metadata) {
        try (var glue = stack.endpoint().client(GlueClient.builder())) {
            glue.updateTable(
                    request -> request.databaseName(found.databaseName()).tableInput(input(found, metadata)));
        }
    }

    /** Runs the job that deletes the files that no run needs and that are older than a minute, to its end. */
    JobRun expire() throws Exception {
        var arguments = Map.of(
                "--run_id", "expire",
                "--data_bucket", stack.dataBucket(),
                "--datalake-formats", "iceberg",
                "--table", stack.manifest().path("metadata_location").asText(),
                "--expire_minutes", "1");
        try (var glue = stack.endpoint().client(GlueClient.builder())) {
            var job = stack.transformationJob();
            var id = glue.startJobRun(request -> request.jobName(job).arguments(arguments))
                    .jobRunId();
            while (true) {
                var run = glue.getJobRun(request -> request.jobName(job).runId(id))
                        .jobRun();
                if (run.completedOn() != null) {
                    return run;
                }
                Thread.sleep(200);
            }
        }
    }

    static TableInput input(Table found, String metadata) {
        return TableInput.builder()
                .name(found.name())
                .tableType(found.tableType())
                .storageDescriptor(found.storageDescriptor())
                .parameters(Map.of("table_type", "ICEBERG", "metadata_location", metadata))
                .build();
    }

    static String metadata(Table table) {
        return table.parameters().get("metadata_location");
    }

    /** The rows that a run has staged, as readers print them: id, status and pieces. */
    List<String> stagedRows(String run) {
        var csv = stack.keys(LakePaths.ROOT.dataset() + "run_id=" + run + "/").stream()
                .filter(key -> key.endsWith("_output.csv"))
                .findFirst()
                .orElseThrow();
        var lines = stack.object(csv).lines().toList();
        var header = List.of(lines.get(0).split(","));
        return lines.stream()
                .skip(1)
                .map(line -> cells(line))
                .map(cells -> "%s|%s|%s"
                        .formatted(
                                cells.get(header.indexOf("order_id")),
                                cells.get(header.indexOf("status")),
                                cells.get(header.indexOf("pieces"))))
                .sorted()
                .toList();
    }

    private static List<String> cells(String line) {
        return List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
    }
}
