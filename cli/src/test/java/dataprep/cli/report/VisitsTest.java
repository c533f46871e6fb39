package dataprep.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitsTest {
    private final List<RunEvent> events = new ArrayList<>();

    @Test
    void aRecordedRunIsReadWhole() {
        var visits = Visits.of(RecordedRuns.published());
        assertEquals(21, visits.visits().size());
        assertEquals(StateStatus.SUCCEEDED, visits.outcome("LoadData"));
        assertEquals(StateStatus.NOT_REACHED, visits.outcome("NotifyFailure"));
        assertEquals(
                List.of("flights", "airlines", "weather"),
                visits.of("ExtractSource").stream().map(Visit::subject).toList());
    }

    @Test
    void aCaughtErrorIsAFailureOfItsState() {
        var visits = Visits.of(RecordedRuns.failed());
        assertEquals(StateStatus.FAILED, visits.outcome("TransformData"));
        assertEquals("States.TaskFailed", visits.of("TransformData").get(0).error());
        assertEquals(StateStatus.SUCCEEDED, visits.outcome("NotifyFailure"));
        assertEquals(StateStatus.FAILED, visits.outcome("PipelineFailed"));
    }

    @Test
    void aSourceThatIsMissingFailsItsExtractionAndTheMapAroundIt() {
        var visits = Visits.of(RecordedRuns.failedInExtraction());
        assertEquals(
                List.of("ABORTED flights", "ABORTED airlines", "FAILED weather"),
                visits.of("ExtractSource").stream()
                        .map(visit -> visit.outcome() + " " + visit.subject())
                        .toList());
        assertEquals(StateStatus.FAILED, visits.outcome("ExtractData"));
        assertEquals("SourceNotFound", visits.of("ExtractData").get(0).error());
    }

    @Test
    void whatTheWorkflowTookCareOfIsCaughtAndNoFailure() {
        assertEquals(StateStatus.CAUGHT, Visits.of(RecordedRuns.published()).outcome("ReadPublished"));
        event(1, 0, "TaskStateEntered", "Read", "");
        event(2, 1, "TaskFailed", "", "S3.NoSuchKeyException");
        event(3, 2, "TaskStateExited", "Read", "");
        event(4, 3, "TaskStateEntered", "TransformData", "");
        event(5, 4, "TaskFailed", "", "States.TaskFailed");
        event(6, 5, "TaskStateExited", "TransformData", "");
        var found = Visits.of(RecordedRuns.changed(RecordedRuns.failed(), "FAILED", events, Quarantine.NONE));
        assertEquals(StateStatus.CAUGHT, found.outcome("Read"));
        assertEquals(StateStatus.FAILED, found.outcome("TransformData"));
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
        assertEquals(StateStatus.SUCCEEDED, copy.outcome());
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
                found.of("One").stream().map(Visit::outcome).toList());
        assertEquals(StateStatus.FAILED, found.outcome("Each"));
        assertEquals("SourceNotFound", found.of("Each").get(0).error());
    }

    @Test
    void whatAnAbortedExecutionWasInIsStopped() {
        event(1, 0, "TaskStateEntered", "Copy", "");
        assertEquals(StateStatus.ABORTED, found("ABORTED").outcome("Copy"));
        assertEquals(StateStatus.RUNNING, found("RUNNING").outcome("Copy"));
    }

    @Test
    void aWayIsTakenBetweenStatesThatFollowEachOther() {
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
        return Visits.of(RecordedRuns.changed(RecordedRuns.published(), status, events, Quarantine.NONE));
    }
}
