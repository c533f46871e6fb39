package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.Located;
import dataprep.failures.FailureRow.Published;
import dataprep.workflow.DataPreparationWorkflow;
import dataprep.workflow.LakePaths;
import dataprep.workflow.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Every row of docs/failures.md, executed: the fault is injected at the API of the local AWS, into the calls of the very
 * state that the row is about, and the row's promises are checked on what then happens.
 *
 * <p>See {@link LocalPipeline} for how a run takes a second: the Spark job runs once, later runs copy what it wrote.
 * Retries happen as the definition says, their waits last a thousandth.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureMatrixIT {
    /** What a state's task gets where its call is to be answered too late, in seconds. */
    private static final double SHORT = 0.4;

    private final List<String> table = new ArrayList<>();
    private LocalPipeline pipeline;
    private Set<String> visited;
    private long started;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.deployed(Path.of("target", "failure-matrix-it"));
        started = System.nanoTime();
        visited = pipeline.history(pipeline.run().executionArn()).visited();
    }

    @AfterAll
    void printAndStop() {
        System.out.printf(
                "%n%-28s %-36s %5s  %-22s %-9s %s%n", "state", "error", "tries", "ends in", "published", "told");
        table.forEach(System.out::println);
        System.out.printf(
                "%d rows in %d s%n",
                table.size(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
        pipeline.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRowHoldsWhatItPromises() {
        var definition =
                DataPreparationWorkflow.define(LocalPipeline.settings(Map.of()).workflow(), Resources.placeholders());
        var matrix = new FailureMatrix(definition, DataPreparationWorkflow.COMMIT);
        return matrix.rows().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.toString(), () -> execute(row, matrix.failuresBefore(row.task(), visited))));
    }

    private void execute(FailureRow row, List<Located> failuresBefore) throws Exception {
        var before = pipeline.publishedRun();
        pipeline.messages();
        var faults = new ArrayList<Map<String, Object>>();
        faults.add(row.injection());
        failuresBefore.forEach(task -> faults.add(FailureRow.failing(task)));
        pipeline.aws.faults(faults, row.isLate() ? Map.of(row.state(), SHORT) : Map.of());
        var end = pipeline.run();
        var fired = pipeline.aws.fired().get(0);
        pipeline.aws.noFaults();

        assertTrue(fired > 0, row + " was never reached");
        var history = pipeline.history(end.executionArn());
        var scheduled = history.tries(row.state());
        if (!row.fault().injection().containsKey("service")) {
            assertEquals(1 + row.retries(), scheduled, "tries of " + row);
        }
        var last = history.lastState();
        if (!row.ends().isEmpty()) {
            assertTrue(row.ends().contains(last), row + " ends in " + last);
        }
        assertPublished(row, before, end.name());
        assertTold(row, end);
        table.add("%-28s %-36s %5d  %-22s %-9s %s"
                .formatted(
                        row.state(),
                        row.fault().error().orElse(row.fault().what()),
                        scheduled,
                        last,
                        pipeline.publishedRun().equals(before) ? "old run" : "this run",
                        row.told() && end.status() == ExecutionStatus.FAILED ? "once" : "-"));
        var again = pipeline.run();
        assertEquals(ExecutionStatus.SUCCEEDED, again.status(), "the run after " + row + ": " + again.cause());
        assertPublished(again.name());
    }

    private void assertPublished(FailureRow row, String before, String run) throws Exception {
        var published = pipeline.publishedRun();
        var allowed = row.published() == Published.BEFORE
                ? Set.of(before)
                : row.published() == Published.THIS ? Set.of(run) : Set.of(before, run);
        assertTrue(allowed.contains(published), row + " publishes " + published);
        assertPublished(published);
    }

    /** The manifest, the table and output.csv are one run's, and its data are there. */
    private void assertPublished(String run) throws Exception {
        assertEquals(run, pipeline.publishedRun());
        assertTrue(pipeline.tableLocation().endsWith("/run_id=" + run + "/"), pipeline.tableLocation());
        var staged = "%srun_id=%s/_output.csv".formatted(LakePaths.DATASET, run);
        assertEquals(pipeline.text(staged), pipeline.text(LakePaths.OUTPUT_CSV));
    }

    private void assertTold(FailureRow row, DescribeExecutionResponse end) throws Exception {
        var messages = pipeline.messages();
        assertEquals(
                row.told() && end.status() == ExecutionStatus.FAILED ? 1 : 0, messages.size(), "messages: " + messages);
        for (var message : messages) {
            assertEquals(end.name(), message.path("run_id").asText());
            assertEquals(end.executionArn(), message.path("execution").asText());
            row.fault().error().ifPresent(error -> {
                assertEquals(error, message.path("error").asText());
                assertEquals(row.caughtBy(), message.path("state").asText());
            });
            assertTrue(!message.path("cause").asText("").isEmpty() || row.isLate(), message.toString());
        }
    }
}
