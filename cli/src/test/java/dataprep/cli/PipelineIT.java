package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.OperationType;
import dataprep.cli.command.DataprepCommand;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.exit.ExitCodes;
import dataprep.cli.run.Execution;
import dataprep.cli.stack.DeployedDataset;
import dataprep.cli.stack.PulumiStacks;
import dataprep.failures.Aws;
import dataprep.lake.LakePaths;
import dataprep.settings.StackFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
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
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The life cycle of a stack on the local AWS with the real engine: each test continues from the state that the previous
 * one left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {
    private static final Path STATE = Path.of("target", "pipeline-it");
    private static final ObjectMapper JSON = new ObjectMapper();

    private StackOnLocalAws stack;
    private DeployedDataset deployed;
    private String firstRun;
    private String failedRun;

    @BeforeAll
    void startLocalAws() throws Exception {
        stack = StackOnLocalAws.start(STATE);
    }

    @AfterAll
    void stopLocalAws() {
        if (deployed != null) {
            deployed.close();
        }
        stack.close();
    }

    @Test
    @Order(1)
    void theProgramDeploysThroughTheEngine() throws Exception {
        var outputs = stack.deploy();
        assertEquals(
                List.of(
                        "data_bucket",
                        "datasets",
                        "extraction_function",
                        "failure_topic",
                        "live_alias_arn",
                        "state_machine_arn",
                        "state_machine_arns",
                        "transformation_job"),
                outputs.keySet().stream().sorted().toList());
        deployed = stack.deployed(STATE);
    }

    @Test
    @Order(2)
    void aPreviewAfterwardsShowsNoDifference() throws Exception {
        var changes = stack.stack().preview().changeSummary();
        assertEquals(Set.of(OperationType.SAME), changes.keySet(), changes.toString());
    }

    @Test
    @Order(3)
    void aRunPublishesWhatAnIndependentComputationGives() throws Exception {
        var shown = follow(false);
        firstRun = stack.manifest().path("run_id").asText();
        assertEquals(ExpectedRows.published(), publishedRows());
        assertEquals(2_695, stack.manifest().path("rows").asInt());
        assertTrue(shown.contains("2,699 in, 2,695 out, 4 quarantined"), shown);
        assertTrue(shown.contains("flights.tail_number: required"), shown);
        assertTrue(shown.contains("ExtractSource    done in"), shown);
        var report = Files.readString(STATE.resolve("reports").resolve(firstRun + ".html"));
        assertTrue(report.contains("<h1>Published</h1>"), "the run's page");
        assertTrue(report.contains("All 4 rows quarantined are listed."), "the run's page");
        for (var number : ExpectedRows.quarantined()) {
            assertTrue(report.contains("flights · row %d of flights/flights.csv".formatted(number)), "row " + number);
        }
        assertEquals(report, stack.object("reports/run_id=%s/report.html".formatted(firstRun)));
    }

    @Test
    @Order(3)
    void theRunIsRecordedAsValidOpenLineageEvents() throws Exception {
        var lineage = new RecordedLineage(stack, STATE);
        assertEquals(0, lineage.event(firstRun, "START").path("outputs").size());
        var completed = lineage.event(firstRun, "COMPLETE");
        assertEquals(3, completed.path("inputs").size());
        for (var input : completed.path("inputs")) {
            assertTrue(input.at("/facets/version/datasetVersion").isTextual(), input.toString());
        }
        var output = completed.at("/outputs/0");
        assertEquals(17, output.at("/facets/schema/fields").size());
        assertEquals(17, output.at("/facets/columnLineage/fields").size());
        assertEquals(2_695, output.at("/outputFacets/outputStatistics/rowCount").asInt());
        assertEquals(firstRun, output.at("/facets/version/datasetVersion").asText());
    }

    @Test
    @Order(4)
    void anotherRunFindsNothingToDo() throws Exception {
        var shown = follow(false);
        assertTrue(shown.contains("Nothing to do"), shown);
        assertEquals(firstRun, stack.manifest().path("run_id").asText());
    }

    @Test
    @Order(5)
    void aRedrivenRunDoesNotTransformAgainAndPublishesTheSameRows() throws Exception {
        var run = stopWhileItPublishes();
        stack.shortenWaits();
        var shown = command(ExitCodes.OK, "retry", run.runId());
        assertTrue(shown.contains("resumes from the state that failed"), shown);
        assertEquals(run.runId(), stack.manifest().path("run_id").asText());
        assertEquals(ExpectedRows.published(), publishedRows());
        stack.assertReadersSeeWhatTheManifestSays();
        var entered = run.history().stream()
                .filter(event -> event.stateEnteredEventDetails() != null)
                .map(event -> event.stateEnteredEventDetails().name())
                .toList();
        assertEquals(1, Collections.frequency(entered, "TransformData"), entered.toString());
    }

    @Test
    @Order(6)
    void aRollbackPublishesTheEarlierRunAgainAndLaterRunsDoNothingUntilAChange() throws Exception {
        var newer = stack.manifest();
        var output = stack.output(stack.start("{\"rollback_to\": \"%s\"}".formatted(firstRun)));
        assertTrue(output.path("published").asBoolean(), output.toString());
        assertEquals(firstRun, stack.manifest().path("run_id").asText());
        assertEquals(
                newer.findValuesAsText("etag"),
                stack.manifest().findValuesAsText("etag"),
                "the sources have not changed");
        assertEquals(
                List.of(firstRun, newer.path("run_id").asText()),
                stack.manifest().path("history").findValuesAsText("run_id"));
        stack.assertReadersSeeWhatTheManifestSays();
        assertFalse(stack.output(stack.start("{}")).path("published").asBoolean());
    }

    @Test
    @Order(7)
    void aChangedSettingChangesOnlyItsResources() throws Exception {
        var settings = StackFiles.settings(PulumiStacks.LOCAL, Map.of("logRetentionDays", "60"));
        var changes = stack.deploy(settings).resourceChanges();
        assertEquals(Set.of(OperationType.UPDATE, OperationType.SAME), changes.keySet(), changes.toString());
        assertEquals(5, changes.get(OperationType.UPDATE), changes.toString());
    }

    @Test
    @Order(8)
    void aMissingSourceFailsTheRunAndDoesNotChangeThePublishedData() throws Exception {
        var before = stack.manifest();
        stack.clients()
                .s3()
                .deleteObject(request -> request.bucket(stack.dataBucket()).key("samples/weather.csv"));
        var failure = assertThrows(CommandFailure.class, () -> follow(true));
        failedRun = deployed.execution(null).runId();
        assertTrue(failure.getMessage().contains("ExtractData"), failure.getMessage());
        assertTrue(failure.getMessage().contains("SourceNotFound"), failure.getMessage());
        assertEquals(before, stack.manifest());
        assertEquals(ExpectedRows.published(), publishedRows());
        var failed = new RecordedLineage(stack, STATE).event(failedRun, "FAIL");
        assertEquals(0, failed.path("outputs").size());
        var error = failed.at("/run/facets/errorMessage/message").asText();
        assertTrue(error.startsWith("ExtractDataFailed: SourceNotFound"), error);
    }

    @Test
    @Order(9)
    void aRefreshFindsRemovedResourcesAndTheNextUpRestoresThem() throws Exception {
        stack.stack().refresh();
        var changes = stack.stack().up().summary().resourceChanges();
        assertEquals(1, changes.get(OperationType.CREATE), changes.toString());
        var shown = command(ExitCodes.OK, "retry", failedRun);
        assertTrue(shown.contains("a new run starts with the same input"), shown);
        assertTrue(shown.contains("2,699 in, 2,695 out"), shown);
    }

    @Test
    @Order(10)
    void theCommandsShowTheRuns() throws Exception {
        var runs = JSON.readTree(command(ExitCodes.OK, "list", "--json"));
        assertEquals(7, runs.size(), runs.toPrettyString());
        assertTrue(runs.get(0).path("current").asBoolean());
        assertEquals(failedRun, runs.get(1).path("run_id").asText());
        assertEquals("FAILED", runs.get(1).path("status").asText());

        var run = JSON.readTree(command(ExitCodes.OK, "show", "--json"));
        assertEquals(2_695, run.at("/quality/rows_out").asInt());
        assertEquals(
                List.of("done"),
                run.path("states").findValuesAsText("status").stream()
                        .distinct()
                        .toList());
        assertTrue(run.at("/cost/dollars").asDouble() > 0.01, run.path("cost").toString());
        assertTrue(run.at("/cost/Lambda").asDouble() > 0, run.path("cost").toString());

        var failed = command(ExitCodes.OK, "show", failedRun);
        assertTrue(failed.matches("(?s).*ExtractData +failed .* SourceNotFound.*"), failed);
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
    @Order(11)
    void theLogsOfARunAreThoseOfItsPartsAndOfNoOtherRun() throws Exception {
        var logs = JSON.readTree(command(ExitCodes.OK, "logs", firstRun, "--json"));
        assertEquals(
                List.of("workflow", "function", "function", "function", "job", "job"), logs.findValuesAsText("part"));
        assertTrue(logs.get(0).path("lines").toString().contains("ExecutionSucceeded"), logs.toPrettyString());
        assertTrue(logs.get(4).path("stream").asText().startsWith("output/jr_"), logs.toPrettyString());
        assertTrue(logs.get(4).path("lines").toString().contains("passed: 2695 rows out"), logs.toPrettyString());
        assertTrue(logs.get(5).path("stream").asText().startsWith("error/jr_"), logs.toPrettyString());
        for (var other : List.of(failedRun, stack.manifest().path("run_id").asText())) {
            assertTrue(!logs.toString().contains(other), other);
        }
        var failed = command(ExitCodes.OK, "logs", failedRun, "--of", "function");
        assertTrue(failed.contains("SourceNotFound"), failed);
    }

    @Test
    @Order(12)
    void destroyLeavesNothing() throws Exception {
        stack.stack().destroy();
        assertEquals(List.of(), stack.clients().s3().listBuckets().buckets());
        assertEquals(
                List.of(), stack.clients().stepFunctions().listStateMachines().stateMachines());
    }

    private Execution stopWhileItPublishes() throws Exception {
        try (var aws = new Aws(stack.endpoint())) {
            Map<String, Object> late = Map.ofEntries(
                    Map.entry("service", "glue"),
                    Map.entry("operation", "UpdateTable"),
                    Map.entry("state", "PointTable"),
                    Map.entry("times", 1),
                    Map.entry("latency_seconds", 3));
            aws.faults(List.of(late), Map.of());
            var run = stack.start("{\"force\": true}");
            run.follow(
                    event -> {
                        var entered = event.stateEnteredEventDetails();
                        if (entered != null && entered.name().equals("PointTable")) {
                            stack.clients().stepFunctions().stopExecution(request -> request.executionArn(run.arn()));
                        }
                    },
                    () -> {},
                    Duration.ofMillis(50));
            aws.endFaults();
            assertEquals(ExecutionStatus.ABORTED, run.describe().status());
            return run;
        }
    }

    private String follow(boolean force) throws Exception {
        var shown = new ByteArrayOutputStream();
        deployed.follow(deployed.start(force), new PrintStream(shown, true, StandardCharsets.UTF_8));
        return shown.toString(StandardCharsets.UTF_8);
    }

    /** The output of a command in this process. */
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
        return DataprepCommand.commandLine()
                .execute(Stream.concat(Stream.of("--state", STATE.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private TreeSet<String> publishedRows() {
        return stack.object(LakePaths.ROOT.outputCsv()).lines().skip(1).collect(Collectors.toCollection(TreeSet::new));
    }
}
