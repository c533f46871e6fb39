package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.cli.run.Execution;
import dataprep.cli.stack.DeployedDataset;
import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.PulumiStacks;
import dataprep.failures.RolePolicy;
import dataprep.lake.LakePaths;
import dataprep.settings.Shop;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;

/**
 * Data sets that are made of others, a chain and a diamond: each test continues from the state that the previous one
 * left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DatasetsIT {
    private static final Path STATE = Path.of("target", "datasets-it");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ORDERS = "samples/orders.csv";

    private StackOnLocalAws stack;
    private DeployedStack deployed;
    private String orders;
    private String firstOrdersRun;

    @BeforeAll
    void deploy() throws Exception {
        orders = Files.readString(Path.of("examples/shop/data/orders.csv"));
        stack = StackOnLocalAws.start(STATE);
        stack.deploy(StackFiles.settings(PulumiStacks.LOCAL, Shop.changes()));
        stack.shortenWaits();
        deployed = stack.deployedStack(STATE);
    }

    @AfterAll
    void stop() {
        if (deployed != null) {
            deployed.close();
        }
        stack.close();
    }

    @Test
    @Order(1)
    void aDataSetRunsOnceAllThatItReadsIsPublished() throws Exception {
        await(dataset("customers").start(false));
        awaitEnds("sales");
        assertTrue(manifest("sales").isMissingNode());
        assertEquals(ExecutionStatus.SUCCEEDED, latest("sales").status());
        await(dataset("orders").start(false));
        await(dataset("products").start(false));
        awaitInputs("customer_value");
        assertEquals(11, manifest("sales").path("rows").asInt());
        assertEquals(7, manifest("customer_value").path("rows").asInt());
        firstOrdersRun = manifest("orders").path("run_id").asText();
    }

    @Test
    @Order(2)
    void nothingIsCopiedOfADataSetThatIsRead() {
        var raw = stack.keys(LakePaths.of("sales").raw() + "run_id=" + latestPublished("sales"));
        assertEquals(3, raw.size(), raw.toString());
        raw.forEach(key -> assertTrue(key.endsWith("/_source.json"), key));
    }

    @Test
    @Order(2)
    void theRunThatIsReadNamesItsReaders() throws Exception {
        var run = manifest("customers").path("run_id").asText();
        var notes = stack.keys(LakePaths.of("customers").dataset() + "run_id=" + run + "/" + LakePaths.READERS);
        assertEquals(
                List.of("customer_value.json", "sales.json"),
                notes.stream().map(key -> key.replaceFirst(".*/", "")).toList());
    }

    @Test
    @Order(2)
    void theReportLinksTheRunsOfOtherDataSets() throws Exception {
        var sales = dataset("sales");
        var html = sales.report(sales.run(sales.execution(latestPublished("sales"))));
        for (var name : List.of("customers", "orders", "products", "customer_value")) {
            var run = manifest(name).path("run_id").asText();
            assertTrue(html.contains("<a href=\"%s.html\">%s</a>".formatted(run, name)), name);
        }
    }

    @Test
    @Order(2)
    void theListShowsEachDataSet() throws Exception {
        var rows = deployed.table().json();
        assertEquals(5, rows.size());
        var value = rows.get(4);
        assertEquals("customer_value", value.path("dataset").asText());
        assertEquals("succeeded", value.path("last_run_status").asText());
        assertEquals("[\"customers\",\"sales\"]", value.path("reads").toString());
        assertEquals(7, value.path("rows").asInt());
    }

    @Test
    @Order(3)
    void aFailedRunStartsNothing() throws Exception {
        var before = executions();
        stack.put(ORDERS, "id,placed,customer,sku,quantity\n");
        var failed = dataset("orders").start(false);
        assertEquals(ExecutionStatus.FAILED, dataset("orders").await(failed).status());
        Thread.sleep(2_000);
        var after = executions();
        assertEquals(before.remove("orders") + 1, after.remove("orders"));
        assertEquals(before, after);
    }

    @Test
    @Order(4)
    void aPublicationIsFollowedByThoseOfAllThatIsMadeOfIt() throws Exception {
        var spent = manifest("customer_value").path("run_id").asText();
        stack.put(ORDERS, orders + "1013,2024-03-05T07:00:00,6,P-30,2\n");
        await(dataset("orders").start(false));
        awaitInputs("customer_value");
        assertEquals(12, manifest("sales").path("rows").asInt());
        assertNotEquals(spent, manifest("customer_value").path("run_id").asText());
    }

    @Test
    @Order(5)
    void twoPublicationsAtOnceLeadToAtMostTwoRunsAndLoseNothing() throws Exception {
        var since = Instant.now();
        stack.put(ORDERS, orders);
        stack.put("samples/products.csv", stack.object("samples/products.csv").replace("7.90", "8.10"));
        var both = List.of(dataset("orders").start(false), dataset("products").start(false));
        for (var execution : both) {
            await(execution);
        }
        awaitInputs("customer_value");
        for (var name : List.of("sales", "customer_value")) {
            var published = publishedSince(name, since);
            assertTrue(published >= 1 && published <= 2, name + " was published " + published + " times");
        }
        assertTrue(stack.object(LakePaths.of("sales").outputCsv()).contains(",8.10,32.40"));
    }

    @Test
    @Order(6)
    void aRollbackStartsNothingAndTheNextRunReadsTheEarlierRun() throws Exception {
        var before = executions();
        var readers = dataset("orders").readers();
        assertEquals(
                List.of("sales"), readers.stream().map(DeployedDataset::name).toList());
        await(dataset("orders").start("{\"rollback_to\": \"%s\"}".formatted(firstOrdersRun)));
        assertEquals(firstOrdersRun, manifest("orders").path("run_id").asText());
        Thread.sleep(2_000);
        assertEquals(before.get("sales"), executions().get("sales"));
        await(readers.get(0).start(false));
        awaitInputs("customer_value");
        assertEquals(firstOrdersRun, inputs("sales").get("orders"));
    }

    @Test
    @Order(7)
    void withoutAnotherRunToReadThereIsNothingToDo() throws Exception {
        var end = dataset("sales").await(dataset("sales").start(false));
        assertFalse(JSON.readTree(end.output()).path("published").asBoolean());
    }

    @Test
    @Order(8)
    void theFunctionNeedsEachOfItsPermissionsOnOtherDataSets() throws Exception {
        try (var iam = stack.endpoint().client(IamClient.builder())) {
            var role = RolePolicy.of(iam, "dataExtractionRole");
            var ofDatasets = role.permissions().stream()
                    .filter(permission -> permission.resources().stream()
                            .anyMatch(arn -> arn.matches(".*/datasets/.*(latest\\.json|_readers/\\*)")))
                    .toList();
            assertEquals(2, ofDatasets.size(), ofDatasets.toString());
            for (var permission : ofDatasets) {
                var end = role.without(
                        permission::equals,
                        () -> dataset("sales").await(dataset("sales").start(true)));
                assertEquals("ExtractDataFailed", end.error(), permission.toString());
                assertTrue(end.cause().startsWith("SourceForbidden: "), end.cause());
            }
        }
    }

    private DeployedDataset dataset(String name) {
        return deployed.dataset(name);
    }

    private JsonNode manifest(String name) throws IOException {
        var key = LakePaths.of(name).manifest();
        return stack.keys(key).isEmpty() ? MissingNode.getInstance() : JSON.readTree(stack.object(key));
    }

    /** The runs that a published run was made of, by the data sets. */
    private Map<String, String> inputs(String name) throws IOException {
        var runs = new TreeMap<String, String>();
        manifest(name)
                .path("sources")
                .forEach(source -> runs.put(
                        source.path("name").asText(), source.path("etag").asText()));
        return runs;
    }

    private String latestPublished(String name) {
        try {
            return manifest(name).path("run_id").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void await(Execution execution) throws InterruptedException {
        var end = execution.follow(event -> {}, () -> {}, Duration.ofMillis(200));
        assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.error() + ": " + end.cause());
    }

    /** Waits until all is made of what is published now. */
    private void awaitInputs(String name) throws Exception {
        for (var upstream : dataset(name).reads()) {
            awaitInputs(upstream);
        }
        awaitEnds(name);
        await(name + " is made of what is published", () -> {
            for (var upstream : dataset(name).reads()) {
                if (!latestPublished(upstream).equals(inputs(name).get(upstream))) {
                    return false;
                }
            }
            return true;
        });
        awaitEnds(name);
    }

    private void awaitEnds(String name) throws Exception {
        await(
                "the runs of %s have ended".formatted(name),
                () -> list(name).stream().noneMatch(item -> item.status() == ExecutionStatus.RUNNING));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        var deadline = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            assertTrue(Instant.now().isBefore(deadline), "not within %s: %s".formatted(PATIENCE, what));
            Thread.sleep(100);
        }
    }

    private Map<String, Integer> executions() {
        var counts = new TreeMap<String, Integer>();
        deployed.datasets()
                .forEach(dataset ->
                        counts.put(dataset.name(), list(dataset.name()).size()));
        return counts;
    }

    private long publishedSince(String name, Instant time) throws IOException {
        var count = 0L;
        for (var item : list(name)) {
            if (!item.startDate().isBefore(time)) {
                var output = stack.clients()
                        .stepFunctions()
                        .describeExecution(request -> request.executionArn(item.executionArn()))
                        .output();
                count += JSON.readTree(output).path("published").asBoolean() ? 1 : 0;
            }
        }
        return count;
    }

    private ExecutionListItem latest(String name) {
        return list(name).get(0);
    }

    private List<ExecutionListItem> list(String name) throws SfnException {
        return stack.clients()
                .stepFunctions()
                .listExecutions(request -> request.stateMachineArn(dataset(name).stateMachineArn()))
                .executions();
    }
}
