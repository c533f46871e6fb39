package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.cli.stack.PulumiStacks;
import dataprep.failures.Aws;
import dataprep.failures.RolePolicy;
import dataprep.lake.LakePaths;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The orders of the example as an incremental Iceberg table, which readers read all the time: each test continues from
 * the state that the previous one left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TableIT {
    private static final Path STATE = Path.of("target", "table-it");
    private static final Path FILES = Path.of("target", "table-it-files");
    private static final String UNNEEDED = LakePaths.ROOT.table() + "run_id=none/job_run=none/data/0.parquet";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> runs = new LinkedHashMap<>();
    private final Map<String, List<String>> rows = new LinkedHashMap<>();
    private StackOnLocalAws stack;
    private OrdersTable table;
    private TableReaders fast;
    private TableReaders spark;

    @BeforeAll
    void deploy() throws Exception {
        stack = StackOnLocalAws.start(STATE);
        table = new OrdersTable(stack);
        stack.deploy(StackFiles.settings(PulumiStacks.LOCAL, settings(recipe())));
        stack.shortenWaits();
    }

    @AfterAll
    void stop() throws Exception {
        for (var readers : Arrays.asList(fast, spark)) {
            if (readers != null) {
                readers.close();
            }
        }
        stack.close();
    }

    /** The example, but incremental, with new columns, and without the steps that remove rows and columns. */
    private static Path recipe() throws IOException {
        var recipe = (ObjectNode)
                JSON.readTree(Path.of("examples/orders/recipe.json").toFile());
        recipe.putObject("drift").put("new", "evolve");
        var dataset = (ObjectNode) recipe.path("dataset");
        dataset.putObject("incremental").putArray("key").add("order_id");
        var steps = dataset.putArray("steps");
        JSON.readTree(Path.of("examples/orders/recipe.json").toFile())
                .at("/dataset/steps")
                .forEach(step -> {
                    if (step.has("dedupe") || step.has("derive")) {
                        steps.add(step);
                    }
                });
        Files.createDirectories(FILES);
        return Files.writeString(FILES.resolve("recipe.json"), recipe.toString());
    }

    private static Map<String, String> settings(Path recipe) {
        return Map.of(
                "recipe",
                recipe.toString(),
                "sampleData",
                "",
                "keptRuns",
                "3",
                "sources",
                "[{\"name\": \"orders\", \"uri\": \"s3://{dataBucket}/landing/\"}]");
    }

    @Test
    @Order(1)
    void aFullRunCreatesTheTable() throws Exception {
        stack.put(UNNEEDED, "a file that no run needs");
        stack.put("landing/1.jsonl", Files.readString(Path.of("examples/orders/data/orders.jsonl")));
        publish("full");
        var created = stack.publishedTable();
        assertEquals("EXTERNAL_TABLE", created.tableType());
        assertEquals("ICEBERG", created.parameters().get("table_type"));
        assertEquals(2, created.parameters().size());
        assertTrue(created.storageDescriptor().location().endsWith("/transformed-data/table"));
        assertTrue(created.storageDescriptor().columns().stream()
                .anyMatch(column -> column.name().equals("order_id")));
        fast = TableReaders.start(
                stack.endpoint(), stack.manifest().path("table").asText(), "pyiceberg,duckdb", FILES);
        spark = TableReaders.start(
                stack.endpoint(), stack.manifest().path("table").asText(), "spark", FILES);
        fast.await(4);
        spark.await(1);
    }

    @Test
    @Order(2)
    void anIncrementalRunMergesAndAddsAColumn() throws Exception {
        var before = stack.publishedTable().parameters().get("metadata_location");
        stack.put("landing/2.jsonl", OrdersTable.order("O-1001", "2024-03-30T18:05:00", "sent", 1));
        publish("first merge");
        assertTrue(rows.get("first merge").contains("O-1001|sent|1"));
        assertEquals(before, stack.publishedTable().parameters().get("previous_metadata_location"));
        assertTrue(stack.publishedTable().storageDescriptor().columns().stream()
                .anyMatch(column -> column.name().equals("channel")));
        var changes = stack.report().path("table");
        assertEquals(1, changes.path("files_rewritten").asInt(), changes.toString());
        assertTrue(changes.path("files").asInt() > 2, changes.toString());
    }

    @Test
    @Order(3)
    void anotherIncrementalRunMerges() throws Exception {
        stack.put("landing/3.jsonl", OrdersTable.order("O-2001", "2024-05-02T10:00:00", "paid", 2));
        publish("second merge");
        assertEquals(0, stack.report().at("/table/files_rewritten").asInt());
        assertTrue(rows.get("second merge").containsAll(List.of("O-1001|sent|1", "O-2001|paid|2")));
    }

    @Test
    @Order(4)
    void aFailedPublicationIsRestored() throws Exception {
        var before = stack.publishedTable();
        stack.put("landing/4.jsonl", OrdersTable.order("O-2001", "2024-05-02T10:05:00", "cancelled", 2));
        try (var administrator = new Aws(stack.endpoint())) {
            administrator.faults(
                    List.of(Map.of(
                            "service",
                            "s3",
                            "operation",
                            "CopyObject",
                            "state",
                            "PublishCsv",
                            "error",
                            Map.of("code", "AccessDenied", "message", "not allowed", "status", 403))),
                    Map.of());
            var failed = run("{}");
            administrator.faults(List.of(), Map.of());
            assertEquals(ExecutionStatus.FAILED, failed.status());
            assertEquals("LoadDataFailed", failed.error());
            rows.put("failed", table.stagedRows(failed.name()));
            runs.put("failed", failed.name());
        }
        assertEquals(
                before.parameters().get("metadata_location"),
                stack.publishedTable().parameters().get("metadata_location"));
        assertNotEquals(before.versionId(), stack.publishedTable().versionId());
    }

    @Test
    @Order(5)
    void aRollbackNamesTheEarlierMetadataFile() throws Exception {
        var end = run("{\"rollback_to\": \"%s\"}".formatted(runs.get("first merge")));
        assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.cause());
        stack.assertReadersSeeWhatTheManifestSays();
        assertTrue(stack.publishedTable()
                .parameters()
                .get("metadata_location")
                .contains("run_id=" + runs.get("first merge") + "/"));
        fast.await(2);
    }

    @Test
    @Order(6)
    void theNextRunContinuesFromThere() throws Exception {
        publish("after the rollback");
        assertTrue(rows.get("after the rollback").contains("O-1001|sent|1"));
        assertTrue(rows.get("after the rollback").contains("O-2001|cancelled|2"));
    }

    @Test
    @Order(7)
    void timeTravelToEachRetainedRunGivesItsRows() throws Exception {
        var history = stack.manifest().path("history");
        assertEquals(
                List.of(runs.get("after the rollback"), runs.get("first merge"), runs.get("second merge")),
                history.findValuesAsText("run_id"));
        for (var run : history) {
            var name = runs.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(run.path("run_id").asText()))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            assertTrue(run.path("metadata_location").asText().contains(runs.get(name)), run.toString());
            assertEquals(rows.get(name), table.stagedRows(runs.get(name)));
        }
        var metadata = stack.object(
                StackOnLocalAws.key(stack.manifest().path("metadata_location").asText()));
        var tags = new TreeSet<String>();
        JSON.readTree(metadata).path("refs").fieldNames().forEachRemaining(tags::add);
        assertEquals(
                new TreeSet<>(
                        List.of("main", "run_" + runs.get("after the rollback"), "run_" + runs.get("first merge"))),
                tags);
    }

    @Test
    @Order(8)
    void readersHaveSeenWholeRunsOnly() throws Exception {
        fast.await(2);
        spark.await(1);
        var byRun = runs.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, entry -> rows.get(entry.getKey())));
        var seen = new TreeSet<String>();
        for (var readers : List.of(fast, spark)) {
            for (var read : readers.close()) {
                var run = read.path("metadata_location").asText().replaceFirst(".*/run_id=([^/]+)/.*", "$1");
                assertFalse(read.has("error"), read.toString());
                assertEquals(byRun.get(run), texts(read.path("rows")), read.toString());
                seen.add(read.path("reader").asText() + " " + run);
            }
        }
        fast = null;
        spark = null;
        for (var reader : List.of("pyiceberg", "duckdb", "spark")) {
            for (var run : List.of("full", "first merge", "second merge", "after the rollback")) {
                assertTrue(seen.contains(reader + " " + runs.get(run)), reader + " has not seen " + run + ": " + seen);
            }
        }
    }

    @Test
    @Order(9)
    void anotherWriterIsRefusedByTheVersionOfTheTable() throws Exception {
        try (var glue = stack.endpoint().client(GlueClient.builder())) {
            var found = stack.publishedTable();
            assertThrows(
                    ConcurrentModificationException.class,
                    () -> glue.updateTable(request -> request.databaseName(found.databaseName())
                            .versionId("0")
                            .tableInput(OrdersTable.input(found, "s3://elsewhere/metadata.json"))));
        }
    }

    @Test
    @Order(10)
    void aTableThatAnotherWriterHasChangedIsNotReplaced() throws Exception {
        var found = stack.publishedTable();
        table.update(found, "s3://elsewhere/metadata.json");
        stack.put("landing/5.jsonl", OrdersTable.order("O-2002", "2024-05-03T10:00:00", "paid", 1));
        var refused = run("{}");
        assertEquals("TableChangedFailed", refused.error());
        assertTrue(refused.cause().contains("the catalog names s3://elsewhere/metadata.json, the manifest"));
        assertTrue(stack.keys("raw/run_id=" + refused.name()).isEmpty(), "nothing is extracted");
        assertEquals(
                "s3://elsewhere/metadata.json",
                stack.publishedTable().parameters().get("metadata_location"));
        var current = stack.manifest().path("run_id").asText();
        assertEquals(
                ExecutionStatus.SUCCEEDED,
                run("{\"rollback_to\": \"%s\"}".formatted(current)).status());
        assertEquals(
                found.parameters().get("metadata_location"),
                stack.publishedTable().parameters().get("metadata_location"));
    }

    /** The workflow deletes files that are older than the longest run; this test does not wait so long. */
    @Test
    @Order(11)
    void theJobNeedsThePermissionToDeleteFilesOfTheTable() throws Exception {
        try (var iam = stack.endpoint().client(IamClient.builder())) {
            var role = RolePolicy.of(iam, "dataTransformationRole");
            var denied = role.without(
                    permission -> permission.action().equals("s3:DeleteObject")
                            && permission.resources().stream().allMatch(arn -> arn.endsWith("/table/*")),
                    table::expire);
            assertEquals(JobRunState.FAILED, denied.jobRunState(), denied.toString());
            assertTrue(denied.errorMessage().contains("AccessDenied"), denied.errorMessage());
            assertFalse(stack.keys(UNNEEDED).isEmpty());
        }
        var allowed = table.expire();
        assertEquals(JobRunState.SUCCEEDED, allowed.jobRunState(), allowed.errorMessage());
        assertTrue(stack.keys(UNNEEDED).isEmpty());
    }

    @Test
    @Order(12)
    void aMetadataFileThatIsGoneEndsTheRunAndARunWithForceWritesANewTable() throws Exception {
        var location = stack.manifest().path("metadata_location").asText();
        stack.clients()
                .s3()
                .deleteObject(request -> request.bucket(stack.dataBucket()).key(StackOnLocalAws.key(location)));
        var failed = run("{}");
        assertEquals("TransformDataFailed", failed.error());
        assertTrue(failed.cause().contains("TableError: output.table: the metadata file " + location), failed.cause());
        assertTrue(
                stack.keys(LakePaths.ROOT.table() + "run_id=" + failed.name()).isEmpty());
        assertEquals(ExecutionStatus.SUCCEEDED, run("{\"force\": true}").status());
        stack.assertReadersSeeWhatTheManifestSays();
    }

    @Test
    @Order(13)
    void eachFaultBeforeARunEndsItAndPublishesNothing() throws Exception {
        var before = stack.manifest();
        var found = stack.publishedTable();
        try (var administrator = new Aws(stack.endpoint())) {
            for (var row : TableFailures.rows()) {
                if (row.state().equals("ExpireFiles")) {
                    continue;
                }
                // the manifest is confirmed only if the catalog names another metadata file
                table.update(
                        found,
                        row.state().equals("ConfirmPublished") ? "s3://elsewhere/m.json" : OrdersTable.metadata(found));
                administrator.faults(List.of(row.injection()), row.isLate() ? Map.of(row.state(), 0.4) : Map.of());
                var end = run("{\"force\": true}");
                assertTrue(administrator.fired().get(0) > 0, row + " was never reached");
                administrator.endFaults();
                // a manifest that has changed meanwhile: the run begins again
                if (!row.state().equals("ConfirmPublished") || !row.toString().contains("NoSuchKey")) {
                    assertEquals(row.caughtBy() + "Failed", end.error(), row.toString());
                }
                assertEquals(before, stack.manifest(), row.toString());
            }
        }
        table.update(found, OrdersTable.metadata(found));
    }

    @Test
    @Order(14)
    void aFaultOfTheDeletionIsAWarning() throws Exception {
        try (var administrator = new Aws(stack.endpoint())) {
            for (var ending : List.of("FAILED", "STOPPED")) {
                var fault = TableFailures.rows().stream()
                        .filter(row -> row.state().equals("ExpireFiles"))
                        .filter(row -> row.toString().endsWith(ending))
                        .findFirst()
                        .orElseThrow();
                administrator.faults(List.of(fault.injection()), Map.of());
                var end = run("{\"force\": true}");
                administrator.endFaults();
                assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.cause());
                var warnings = JSON.readTree(end.output()).path("warnings");
                assertTrue(warnings.path(0).asText().startsWith("ExpireFiles: "), ending + ": " + end.output());
                assertEquals(end.name(), stack.manifest().path("run_id").asText());
            }
        }
    }

    @Test
    @Order(15)
    void theJobNeedsEachOfItsPermissionsOnTheTable() throws Exception {
        try (var iam = stack.endpoint().client(IamClient.builder())) {
            var role = RolePolicy.of(iam, "dataTransformationRole");
            var ofTable = role.permissions().stream()
                    .filter(permission -> permission.resources().stream().allMatch(arn -> arn.endsWith("/table/*")))
                    .toList();
            assertEquals(
                    List.of("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
                    ofTable.stream().map(RolePolicy.Permission::action).toList());
            // the first is for failed uploads, the second for files that are deleted later
            for (var permission : ofTable.subList(2, 4)) {
                var end = role.without(permission::equals, () -> run("{\"force\": true}"));
                assertEquals("TransformDataFailed", end.error(), permission.toString());
                assertTrue(end.cause().contains("Forbidden") || end.cause().contains("AccessDenied"), end.cause());
            }
        }
    }

    private void publish(String name) throws Exception {
        var end = run("{}");
        assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.error() + ": " + end.cause());
        assertTrue(JSON.readTree(end.output()).path("published").asBoolean(), end.output());
        assertEquals("[]", JSON.readTree(end.output()).path("warnings").toString());
        stack.assertReadersSeeWhatTheManifestSays();
        runs.put(name, end.name());
        rows.put(name, table.stagedRows(end.name()));
        if (fast != null) {
            fast.await(4);
            spark.await(2);
        }
    }

    private DescribeExecutionResponse run(String input) throws Exception {
        return stack.end(stack.start(input));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
