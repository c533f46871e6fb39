package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.failures.FailureRow.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Executes every row of docs/failures.md: injects the fault at the API of the local AWS into the calls of the row's
 * state, and checks the row's promises.
 *
 * <p>See {@link LocalPipeline} for how a run takes a second: the Spark job runs once, later runs copy what it wrote.
 * Retries happen as the definition says, their waits last a thousandth.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureMatrixIT {
    /** The timeout of a task whose call times out, in seconds. */
    private static final double SHORT = 0.4;
    /** If the restoration also fails, readers may see parts of both until the next run, which then publishes. */
    private static final Pattern RESTORING = Pattern.compile(".*Again|ReadOutcome|ClaimRestoration|RestoreManifest");

    private final List<String> table = new ArrayList<>();
    private LocalPipeline pipeline;
    private Situations situations;
    private long started;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.shared();
        started = System.nanoTime();
        situations = pipeline.situations();
    }

    @AfterAll
    void print() {
        System.out.printf(
                "%n%-18s %-40s %5s  %-15s %-9s %s%n",
                "state", "error", "tries", "ends in", "published", "notification");
        table.forEach(System.out::println);
        System.out.printf(
                "%d rows in %d s%n",
                table.size(), Duration.ofNanos(System.nanoTime() - started).toSeconds());
    }

    @TestFactory
    Stream<DynamicTest> everyRowHoldsWhatItPromises() {
        var rows = situations.matrix().rows();
        return IntStream.range(0, rows.size()).mapToObj(i -> {
            var row = rows.get(i);
            var lastOfItsKind = i + 1 == rows.size() || !kind(row).equals(kind(rows.get(i + 1)));
            return DynamicTest.dynamicTest(row.toString(), () -> execute(row, lastOfItsKind));
        });
    }

    /** Rows of the same kind are errors that a state handles in the same way. */
    private static List<Object> kind(FailureRow row) {
        return List.of(row.state(), row.retries(), row.caughtBy(), row.published(), row.notification());
    }

    private void execute(FailureRow row, boolean lastOfItsKind) throws Exception {
        pipeline.messages();
        var runId = UUID.randomUUID().toString();
        var faults = new ArrayList<Map<String, Object>>();
        faults.add(row.injection());
        faults.addAll(situations.leadingTo(row.task(), runId));
        var before = pipeline.data.publishedRun();
        var manifestBefore = pipeline.data.manifest();
        pipeline.aws.faults(faults, row.isLate() ? Map.of(row.state(), SHORT) : Map.of());
        var end = pipeline.end(pipeline.start(runId, situations.input(row.task())));
        var fired = pipeline.aws.fired().get(0);
        pipeline.aws.endFaults();

        assertTrue(fired > 0, row + " was never reached");
        var history = pipeline.history(end.executionArn());
        if (!row.fault().injection().containsKey("service")) {
            var tries = history.tries(row.state());
            var startsAgain = history.visited().contains("AwaitPublisher");
            assertTrue(tries == 1 + row.retries() || startsAgain && tries > row.retries(), tries + " tries of " + row);
        }
        if (!row.ends().isEmpty()) {
            assertTrue(row.ends().contains(history.lastState()), row + " ends in " + history.lastState());
        }
        var notification = assertNotification(row, end, situations.isFirstToFail(row.task()));
        assertPublished(row, before, runId);
        table.add("%-18s %-40s %5d  %-15s %-9s %s"
                .formatted(
                        row.state(),
                        row.fault().error().orElse(row.fault().what()),
                        history.tries(row.state()),
                        history.lastState(),
                        pipeline.data.publishedRun().equals(runId) ? "this run" : "old run",
                        notification));
        if (lastOfItsKind || !pipeline.data.manifest().equals(manifestBefore)) {
            assertNextRunSucceeds(row);
        }
        pipeline.forgetEarlierRuns();
    }

    private void assertNextRunSucceeds(FailureRow row) throws Exception {
        var again = pipeline.run();
        assertEquals(ExecutionStatus.SUCCEEDED, again.status(), "the run after " + row + ": " + again.cause());
        pipeline.data.assertWhole(again.name());
    }

    private void assertPublished(FailureRow row, String before, String runId) throws Exception {
        var published = pipeline.data.publishedRun();
        var allowed = switch (row.published()) {
            case BEFORE -> Set.of(before);
            case THIS -> Set.of(runId);
            case EITHER -> Set.of(before, runId);
        };
        assertTrue(allowed.contains(published), row + " publishes " + published);
        if (!published.isEmpty() && !RESTORING.matcher(row.state()).matches()) {
            pipeline.data.assertWhole(published);
        }
    }

    /** Expects one complete message for a failure, and none for a success except warnings. */
    private String assertNotification(FailureRow row, DescribeExecutionResponse end, boolean isFirstFailure)
            throws Exception {
        var failed = end.status() == ExecutionStatus.FAILED;
        var least =
                failed && row.notification() != Notification.NONE && row.notification() != Notification.PERHAPS ? 1 : 0;
        var most = row.notification() == Notification.PERHAPS
                ? 1
                : failed && row.notification() == Notification.AT_LEAST_ONCE ? 2 : least;
        var messages = pipeline.messages(least);
        assertTrue(least <= messages.size() && messages.size() <= most, "messages: " + messages);
        for (var message : messages) {
            assertTrue(message.contains("Run: " + end.name()), message);
            assertTrue(message.contains(end.executionArn()), message);
            if (row.notification() == Notification.TOPIC
                    && isFirstFailure
                    && row.fault().error().isPresent()) {
                assertTrue(message.contains(" failed in " + row.caughtBy() + "\n"), message);
                assertTrue(message.contains("Error: " + row.fault().error().get() + ": "), message);
            }
        }
        return messages.isEmpty() ? "-" : "once";
    }
}
