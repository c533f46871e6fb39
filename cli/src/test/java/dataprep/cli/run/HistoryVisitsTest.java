package dataprep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.cli.cost.Cost;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Visits from the events of the AWS SDK. */
class HistoryVisitsTest {
    @Test
    void itemsThatRunAtTheSameTimeKeepTheirOwnTimes() {
        assertEquals(
                List.of("ExtractData done 5.0", "ExtractSource done 3.0", "ExtractSource done 1.0"),
                visits(
                        entered(1, 0, "Map", "ExtractData", 0),
                        entered(2, 1, "Task", "ExtractSource", 1_000),
                        entered(3, 1, "Task", "ExtractSource", 2_000),
                        exited(4, 3, "ExtractSource", 3_000),
                        exited(5, 2, "ExtractSource", 4_000),
                        event(6, 5, "MapStateSucceeded", 5_000),
                        exited(7, 6, "ExtractData", 5_000)));
    }

    @Test
    void aTaskThatSucceedsAtItsSecondAttemptIsDone() {
        assertEquals(
                List.of("ReadQuality done 4.0 x2 S3.S3Exception"),
                visits(
                        entered(1, 0, "Task", "ReadQuality", 0),
                        event(2, 1, "TaskScheduled", 0),
                        failed(3, 2, "S3.S3Exception", 1_000),
                        event(4, 3, "TaskScheduled", 2_000),
                        event(5, 4, "TaskSucceeded", 3_000),
                        exited(6, 5, "ReadQuality", 4_000)));
    }

    @Test
    void theStateThatFailedTheRunIsFailedAndNotCaught() {
        assertEquals(
                List.of("TransformData failed 2.0 x1 States.TaskFailed", "PipelineFailed failed 1.0"),
                visits(
                        "FAILED",
                        "TransformDataFailed",
                        entered(1, 0, "Task", "TransformData", 0),
                        event(2, 1, "TaskScheduled", 0),
                        failed(3, 2, "States.TaskFailed", 1_000),
                        exited(4, 3, "TransformData", 2_000),
                        entered(5, 4, "Fail", "PipelineFailed", 2_000),
                        event(6, 5, "ExecutionFailed", 3_000)));
    }

    @Test
    void aScopeFailsByTheErrorInsideIt() {
        assertEquals(
                List.of("ExtractData failed 3.0 SourceNotFound", "ExtractSource failed 3.0 x1 SourceNotFound"),
                visits(
                        "ABORTED",
                        "",
                        entered(1, 0, "Map", "ExtractData", 0),
                        entered(2, 1, "Task", "ExtractSource", 0),
                        event(3, 2, "TaskScheduled", 0),
                        failed(4, 3, "SourceNotFound", 1_000),
                        event(5, 4, "MapIterationFailed", 2_000),
                        event(6, 5, "MapStateFailed", 2_000),
                        exited(7, 6, "ExtractData", 3_000),
                        event(8, 7, "ExecutionAborted", 4_000)));
    }

    @Test
    void anExpressionThatFailsIsTheErrorOfItsState() {
        assertEquals(
                List.of("ReadQuality failed 1.0 States.QueryEvaluationError"),
                visits(
                        "FAILED",
                        "States.QueryEvaluationError",
                        entered(1, 0, "Task", "ReadQuality", 0),
                        event(
                                2,
                                1,
                                "EvaluationFailed",
                                500,
                                event -> event.evaluationFailedEventDetails(
                                        details -> details.state("ReadQuality").error("States.QueryEvaluationError"))),
                        event(3, 2, "ExecutionFailed", 1_000)));
    }

    @Test
    void aTimeoutIsAnErrorAndARedriveResumes() {
        var timedOut = List.of(
                entered(1, 0, "Task", "TransformData", 0),
                event(2, 1, "TaskScheduled", 0),
                event(
                        3,
                        2,
                        "TaskTimedOut",
                        1_000,
                        event -> event.taskTimedOutEventDetails(details -> details.error("States.Timeout"))),
                event(4, 3, "ExecutionTimedOut", 2_000));
        assertEquals(List.of("TransformData aborted 2.0 x1 States.Timeout"), visits("TIMED_OUT", "", timedOut));
        var redriven = Stream.concat(
                        timedOut.stream(),
                        Stream.of(event(5, 4, "ExecutionRedriven", 3_000), event(6, 3, "TaskScheduled", 3_000)))
                .toList();
        assertEquals(List.of("TransformData running 9.0 x2 States.Timeout"), visits(redriven));
    }

    private static List<String> visits(HistoryEvent... events) {
        return visits(List.of(events));
    }

    private static List<String> visits(String status, String error, HistoryEvent... events) {
        return visits(status, error, List.of(events));
    }

    private static List<String> visits(List<HistoryEvent> events) {
        return visits("RUNNING", "", events);
    }

    private static List<String> visits(String status, String error, List<HistoryEvent> events) {
        var last = events.get(events.size() - 1).timestamp();
        var run = new Run(
                "arn:aws:states:eu-central-1:123456789012:execution:machine:run",
                status,
                Instant.EPOCH,
                status.equals("RUNNING") ? Instant.ofEpochMilli(9_000) : last,
                "{}",
                error,
                "",
                "",
                events.stream().map(RunEvent::of).toList(),
                MissingNode.getInstance(),
                MissingNode.getInstance(),
                new Cost(List.of()));
        return run.visits().visits().stream()
                .map(visit -> "%s %s %s%s%s"
                        .formatted(
                                visit.state(),
                                visit.status().word(),
                                visit.duration().toMillis() / 1000.0,
                                visit.attempts() == 0 ? "" : " x" + visit.attempts(),
                                visit.error().isEmpty() ? "" : " " + visit.error()))
                .toList();
    }

    private static HistoryEvent entered(long id, long previous, String type, String state, long millis) {
        return event(
                id,
                previous,
                type + "StateEntered",
                millis,
                event -> event.stateEnteredEventDetails(details -> details.name(state)));
    }

    private static HistoryEvent exited(long id, long previous, String state, long millis) {
        return event(
                id,
                previous,
                "TaskStateExited",
                millis,
                event -> event.stateExitedEventDetails(details -> details.name(state)));
    }

    private static HistoryEvent failed(long id, long previous, String error, long millis) {
        return event(
                id,
                previous,
                "TaskFailed",
                millis,
                event -> event.taskFailedEventDetails(details -> details.error(error)));
    }

    private static HistoryEvent event(long id, long previous, String type, long millis) {
        return event(id, previous, type, millis, UnaryOperator.identity());
    }

    private static HistoryEvent event(
            long id, long previous, String type, long millis, UnaryOperator<HistoryEvent.Builder> more) {
        return more.apply(HistoryEvent.builder()
                        .id(id)
                        .previousEventId(previous)
                        .type(type)
                        .timestamp(Instant.ofEpochMilli(millis)))
                .build();
    }
}
