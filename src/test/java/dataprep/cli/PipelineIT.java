package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.settings.StackFiles;
import dataprep.workflow.LakePaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The life of a stack on the local AWS, through the real engine: each test goes on where the one before it ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {
    private static final Path STATE = Path.of("target", "pipeline-it");
    private static final ObjectMapper JSON = new ObjectMapper();

    private LocalAws aws;
    private WorkspaceStack stack;
    private DeployedStack deployed;
    private AwsClients clients;
    private String dataBucket;
    private String firstRun;
    private String failedRun;

    @BeforeAll
    void startLocalAws() throws Exception {
        aws = LocalAws.start(STATE);
        clients = AwsClients.local(aws.endpoint());
        stack = Stack.local(STATE, aws.endpoint());
    }

    @AfterAll
    void stopLocalAws() {
        if (deployed != null) {
            deployed.close();
        }
        clients.close();
        aws.close();
    }

    @Test
    @Order(1)
    void theProgramDeploysThroughTheEngine() throws Exception {
        var outputs = new Deployment(new PrintStream(new ByteArrayOutputStream())).up(stack);
        assertEquals(
                List.of(
                        "data_bucket",
                        "extraction_function",
                        "failure_topic",
                        "state_machine_arn",
                        "transformation_job"),
                outputs.keySet().stream().sorted().toList());
        deployed = DeployedStack.local(outputs, aws.endpoint(), STATE);
        dataBucket = outputs.get("data_bucket").value().toString();
    }

    @Test
    @Order(2)
    void aPreviewAfterwardsShowsNoDifference() throws Exception {
        var changes = stack.preview().changeSummary();
        assertEquals(Set.of(OperationType.SAME), changes.keySet(), changes.toString());
    }

    @Test
    @Order(3)
    void aRunPublishesWhatAnIndependentComputationGives() throws Exception {
        var shown = follow(false);
        firstRun = manifest().path("run_id").asText();
        assertEquals(ExpectedRows.published(), publishedRows());
        assertEquals(2_695, manifest().path("rows").asInt());
        assertTrue(shown.contains("2,699 in, 2,695 out, 4 quarantined"), shown);
        assertTrue(shown.contains("flights.tail_number: required"), shown);
        assertTrue(shown.contains("ExtractSource    done in"), shown);
        var report = Files.readString(STATE.resolve("reports").resolve(firstRun + ".html"));
        assertTrue(report.contains("<h1>Published</h1>"), "the run's page");
        assertTrue(report.contains("All 4 rows set aside are listed."), "the run's page");
        assertEquals(report, object("reports/run_id=%s/report.html".formatted(firstRun)));
    }

    @Test
    @Order(4)
    void anotherRunFindsNothingToDo() throws Exception {
        var shown = follow(false);
        assertTrue(shown.contains("Nothing to do"), shown);
        assertEquals(firstRun, manifest().path("run_id").asText());
    }

    @Test
    @Order(5)
    void aForcedRunPublishesTheSameRowsAgain() throws Exception {
        follow(true);
        assertNotEquals(firstRun, manifest().path("run_id").asText());
        assertEquals(ExpectedRows.published(), publishedRows());
    }

    @Test
    @Order(6)
    void aChangedSettingChangesOnlyWhatItConcerns() throws Exception {
        var settings = StackFiles.settings(Stack.LOCAL, Map.of("logRetentionDays", "60"));
        var options =
                UpOptions.builder().program(ctx -> App.deploy(ctx, settings)).build();
        var changes = stack.up(options).summary().resourceChanges();
        assertEquals(Set.of(OperationType.UPDATE, OperationType.SAME), changes.keySet(), changes.toString());
        assertEquals(3, changes.get(OperationType.UPDATE), changes.toString());
    }

    @Test
    @Order(7)
    void aMissingSourceFailsTheRunAndLeavesThePublishedDataAlone() throws Exception {
        var before = manifest();
        clients.s3().deleteObject(request -> request.bucket(dataBucket).key("samples/weather.csv"));
        var failure = assertThrows(CommandFailure.class, () -> follow(true));
        failedRun = deployed.execution(null).runId();
        assertTrue(failure.getMessage().contains("ExtractData"), failure.getMessage());
        assertTrue(failure.getMessage().contains("SourceNotFound"), failure.getMessage());
        assertEquals(before, manifest());
        assertEquals(ExpectedRows.published(), publishedRows());
    }

    @Test
    @Order(8)
    void aRefreshSeesWhatWasRemovedAndTheNextUpMendsIt() throws Exception {
        stack.refresh();
        var changes = stack.up().summary().resourceChanges();
        assertEquals(1, changes.get(OperationType.CREATE), changes.toString());
        var shown = command(ExitCodes.OK, "retry", failedRun);
        assertTrue(shown.contains("a new run starts with the same input"), shown);
        assertTrue(shown.contains("2,699 in, 2,695 out"), shown);
    }

    @Test
    @Order(9)
    void theCommandsTellWhatWasRun() throws Exception {
        var runs = JSON.readTree(command(ExitCodes.OK, "list", "--json"));
        assertEquals(5, runs.size(), runs.toPrettyString());
        assertTrue(runs.get(0).path("current").asBoolean());
        assertEquals(failedRun, runs.get(1).path("run_id").asText());
        assertEquals("FAILED", runs.get(1).path("status").asText());

        var run = JSON.readTree(command(ExitCodes.OK, "show", "--json"));
        assertEquals(2_695, run.at("/quality/rows_out").asInt());
        assertEquals(
                List.of("done"),
                run.path("states").findValuesAsText("outcome").stream()
                        .distinct()
                        .toList());
        assertTrue(run.at("/cost/dollars").asDouble() > 0.01, run.path("cost").toString());
        assertTrue(run.at("/cost/Lambda").asDouble() > 0, run.path("cost").toString());

        var failed = command(ExitCodes.OK, "show", failedRun);
        assertTrue(failed.matches("(?s).*ExtractData +caught .* SourceNotFound.*"), failed);
        assertTrue(failed.contains("the run ended before") || failed.contains("Published by run"), failed);
        assertTrue(failed.contains("error  SourceNotFound"), failed);
        var page = Path.of("target", "failed-run.html");
        command(ExitCodes.OK, "report", failedRun, "--out", page.toString());
        assertTrue(Files.readString(page).contains("<h1>Failed in ExtractData</h1>"), failedRun);
        assertEquals(ExitCodes.USAGE, exitCode("report", "no-such-run"));
        assertEquals(ExitCodes.RUN_FAILED, exitCode("follow", failedRun));
        assertEquals(ExitCodes.USAGE, exitCode("show", "no-such-run"));
        assertEquals(ExitCodes.USAGE, exitCode("retry"));
    }

    @Test
    @Order(10)
    void theLogsOfARunAreThoseOfItsPartsAndOfNoOtherRun() throws Exception {
        var logs = JSON.readTree(command(ExitCodes.OK, "logs", firstRun, "--json"));
        assertEquals(List.of("workflow", "function", "function", "function", "job"), logs.findValuesAsText("part"));
        assertTrue(logs.get(0).path("lines").toString().contains("ExecutionSucceeded"), logs.toPrettyString());
        assertTrue(logs.get(4).path("lines").toString().contains("passed: 2695 rows out"), logs.toPrettyString());
        for (var other : List.of(failedRun, manifest().path("run_id").asText())) {
            assertTrue(!logs.toString().contains(other), other);
        }
        var failed = command(ExitCodes.OK, "logs", failedRun, "--of", "function");
        assertTrue(failed.contains("SourceNotFound"), failed);
    }

    @Test
    @Order(11)
    void destroyLeavesNothing() throws Exception {
        stack.destroy();
        assertEquals(List.of(), clients.s3().listBuckets().buckets());
        assertEquals(List.of(), clients.stepFunctions().listStateMachines().stateMachines());
    }

    private String follow(boolean force) throws Exception {
        var shown = new ByteArrayOutputStream();
        deployed.follow(deployed.start(force), new PrintStream(shown, true, StandardCharsets.UTF_8));
        return shown.toString(StandardCharsets.UTF_8);
    }

    /** What a command prints, in this process. */
    private static String command(int exitCode, String... arguments) {
        var shown = new ByteArrayOutputStream();
        var out = System.out;
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            assertEquals(exitCode, exitCode(arguments), () -> String.join(" ", arguments));
        } finally {
            System.setOut(out);
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    private static int exitCode(String... arguments) {
        return Main.commandLine()
                .execute(Stream.concat(Stream.of("--state", STATE.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private JsonNode manifest() throws IOException {
        return JSON.readTree(object(LakePaths.MANIFEST));
    }

    private TreeSet<String> publishedRows() {
        return object(LakePaths.OUTPUT_CSV).lines().skip(1).collect(Collectors.toCollection(TreeSet::new));
    }

    private String object(String key) {
        return clients.s3()
                .getObjectAsBytes(request -> request.bucket(dataBucket).key(key))
                .asUtf8String();
    }
}
