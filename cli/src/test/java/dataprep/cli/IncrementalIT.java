package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.exceptions.RunException;
import dataprep.cli.stack.PulumiStacks;
import dataprep.lake.LakePaths;
import dataprep.settings.StackFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.glue.model.Column;

/** Runs that take new objects only and merge them: each test continues from the state that the previous one left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IncrementalIT {
    private static final String RECIPE = "src/test/resources/incremental.json";

    private static final String SECOND = "id,amount,updated\n2,21,2026-01-02\n3,30,2026-01-02\n";

    private StackOnLocalAws stack;

    @BeforeAll
    void deploy() throws Exception {
        stack = StackOnLocalAws.start(Path.of("target", "incremental-it"));
        stack.deploy(StackFiles.settings(PulumiStacks.LOCAL, settings("s3://{dataBucket}/landing/orders/")));
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void anIncrementalSourceMustBeAPrefix() {
        var settings = settings("s3://{dataBucket}/landing/orders.csv");
        var refused = assertThrows(RunException.class, () -> StackFiles.settings(PulumiStacks.LOCAL, settings));
        assertTrue(
                refused.getMessage()
                        .contains(
                                "a prefix (s3://bucket/prefix/) or a source with since, because the recipe reads orders"),
                refused.getMessage());
    }

    @Test
    @Order(1)
    void theFirstRunTakesAll() throws Exception {
        stack.put("landing/orders/1.csv", "id,amount,updated\n1,10,2026-01-01\n2,20,2026-01-01\n");
        assertTrue(published());
        assertEquals(List.of("1,10,2026-01-01", "2,20,2026-01-01"), rows());
    }

    @Test
    @Order(2)
    void aLaterRunMergesNewRowsByKey() throws Exception {
        stack.put("landing/orders/2.csv", SECOND);
        assertTrue(published());
        assertEquals(List.of("1,10,2026-01-01", "2,21,2026-01-02", "3,30,2026-01-02"), rows());
        var raw = stack.manifest().at("/sources/0/bytes").asInt();
        assertEquals(SECOND.length(), raw, "bytes of the new object alone");
        stack.assertReadersSeeWhatTheManifestSays();
    }

    /** A query with a condition on the partition column reads the files of one folder. */
    @Test
    @Order(3)
    void theCatalogProjectsThePartitions() throws Exception {
        var table = stack.publishedTable();
        assertEquals(
                List.of("updated"),
                table.partitionKeys().stream().map(Column::name).toList());
        assertEquals(
                List.of("id", "amount"),
                table.storageDescriptor().columns().stream().map(Column::name).toList());
        assertEquals("2026-01-01,2026-01-02", table.parameters().get("projection.updated.range"));
        var folder = table.parameters().get("storage.location.template").replace("${updated}", "2026-01-02");
        assertTrue(folder.startsWith(table.storageDescriptor().location()), folder);
        assertFalse(stack.keys(StackOnLocalAws.key(folder)).isEmpty(), folder);
        assertEquals(2, stack.report().at("/table/partitions").asInt());
    }

    @Test
    @Order(4)
    void withoutNewObjectsThereIsNothingToDo() throws Exception {
        assertFalse(published());
    }

    @Test
    @Order(5)
    void aRunWithForceExtractsEverythingAndGivesTheSameResult() throws Exception {
        assertTrue(
                stack.output(stack.start("{\"force\": true}")).path("published").asBoolean());
        assertEquals(List.of("1,10,2026-01-01", "2,21,2026-01-02", "3,30,2026-01-02"), rows());
    }

    private boolean published() throws Exception {
        return stack.output(stack.start("{}")).path("published").asBoolean();
    }

    private List<String> rows() {
        return stack.object(LakePaths.ROOT.outputCsv()).lines().skip(1).toList();
    }

    private static Map<String, String> settings(String uri) {
        return Map.of(
                "recipe",
                RECIPE,
                "sampleData",
                "",
                "sources",
                "[{\"name\": \"orders\", \"uri\": \"%s\"}]".formatted(uri));
    }
}
