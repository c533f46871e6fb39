package dataprep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.cli.report.Quarantine;
import dataprep.cli.report.RecordedRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitsTest {
    private final List<RunEvent> events = new ArrayList<>();

    @Test
    void aRecordedRunIsReadCompletely() {
        var visits = RecordedRuns.published().run().visits();
        assertEquals(21, visits.visits().size());
        assertEquals(StateStatus.SUCCEEDED, visits.status("LoadData"));
        assertEquals(StateStatus.NOT_REACHED, visits.status("NotifyFailure"));
        assertEquals(
                List.of("flights", "airlines", "weather"),
                visits.of("ExtractSource").stream().map(Visit::subject).toList());
    }

    @Test
    void aCaughtErrorIsAFailureOfItsState() {
        var visits = RecordedRuns.failed().run().visits();
        assertEquals(StateStatus.FAILED, visits.status("TransformData"));
        assertEquals("States.TaskFailed", visits.of("TransformData").get(0).error());
        assertEquals(StateStatus.SUCCEEDED, visits.status("NotifyFailure"));
        assertEquals(StateStatus.FAILED, visits.status("PipelineFailed"));
    }

    @Test
    void aMissingSourceFailsItsExtractionAndTheMap() {
        var visits = RecordedRuns.failedInExtraction().run().visits();
        assertEquals(
                List.of("ABORTED flights", "ABORTED airlines", "FAILED weather"),
                visits.of("ExtractSource").stream()
                        .map(visit -> visit.status() + " " + visit.subject())
                        .toList());
        assertEquals(StateStatus.FAILED, visits.status("ExtractData"));
        assertEquals("SourceNotFound", visits.of("ExtractData").get(0).error());
    }

    @Test
    void anErrorThatTheWorkflowHandledIsCaughtAndNotFailed() {
        assertEquals(StateStatus.CAUGHT, RecordedRuns.published().run().visits().status("ReadPublished"));
        event(1, 0, "TaskStateEntered", "Read", "");
        event(2, 1, "TaskFailed", "", "S3.NoSuchKeyException");
        event(3, 2, "TaskStateExited", "Read", "");
        event(4, 3, "TaskStateEntered", "TransformData", "");
        event(5, 4, "TaskFailed", "", "States.TaskFailed");
        event(6, 5, "TaskStateExited", "TransformData", "");
        var found = RecordedRuns.changed(RecordedRuns.failed(), "FAILED", events, Quarantine.NONE)
                .run()
                .visits();
        assertEquals(StateStatus.CAUGHT, found.status("Read"));
        assertEquals(StateStatus.FAILED, found.status("TransformData"));
    }

    @Test
    void anAttemptThatSucceedsAfterOthersIsASuccessOfSoManyAttempts() {
        event(1, 0, "TaskStateEntered", "Copy", "");
        event(2, 1, "TaskScheduled", "", "");
        event(3, 2, "TaskFailed", "", "S3.S3Exception");
        event(4, 3, "TaskScheduled", "", "");
        event(5, 4, "TaskSucceeded", "", "");
        event(6, 5, "TaskStateExited", "Copy", "");
        var copy = found("SUCCEEDED").of("Copy").get(0);
        assertEquals(StateStatus.SUCCEEDED, copy.status());
        assertEquals(2, copy.attempts());
        assertEquals("S3.S3Exception", copy.error());
    }

    @Test
    void anItemThatFailsItsMapStopsTheOthers() {
        event(1, 0, "MapStateEntered", "Each", "");
        event(2, 1, "MapStateStarted", "", "");
        event(3, 2, "TaskStateEntered", "One", "");
        event(4, 2, "TaskStateEntered", "One", "");
        event(5, 3, "TaskScheduled", "", "");
        event(6, 5, "TaskFailed", "", "SourceNotFound");
        event(7, 6, "MapStateExited", "Each", "");
        var found = found("RUNNING");
        assertEquals(
                List.of(StateStatus.FAILED, StateStatus.ABORTED),
                found.of("One").stream().map(Visit::status).toList());
        assertEquals(StateStatus.FAILED, found.status("Each"));
        assertEquals("SourceNotFound", found.of("Each").get(0).error());
    }

    @Test
    void theTaskOfAnAbortedExecutionIsStopped() {
        event(1, 0, "TaskStateEntered", "Copy", "");
        assertEquals(StateStatus.ABORTED, found("ABORTED").status("Copy"));
        assertEquals(StateStatus.RUNNING, found("RUNNING").status("Copy"));
    }

    @Test
    void aTransitionIsTakenBetweenConsecutiveStates() {
        event(1, 0, "ChoiceStateEntered", "Due", "");
        event(2, 1, "ChoiceStateExited", "Due", "");
        event(3, 2, "SucceedStateEntered", "Nothing", "");
        assertEquals(
                List.of(new Visits.Step("Due", "Nothing")),
                List.copyOf(found("SUCCEEDED").steps()));
    }

    private void event(long id, long previous, String type, String state, String error) {
        events.add(new RunEvent(id, previous, Instant.ofEpochSecond(id), type, state, "", "", error, ""));
    }

    private Visits.Found found(String status) {
        return RecordedRuns.changed(RecordedRuns.published(), status, events, Quarantine.NONE)
                .run()
                .visits();
    }
}
