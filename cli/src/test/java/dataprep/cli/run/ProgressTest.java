package dataprep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class ProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void eachVisitOfAStateHasItsOwnDuration() {
        var progress = new PlainProgress(out);
        progress.show(entered(1, 0, "ExtractSource", 0));
        progress.show(entered(2, 0, "ExtractSource", 1_000));
        progress.show(exited(3, 2, "ExtractSource", 1_500));
        progress.show(exited(4, 1, "ExtractSource", 3_000));
        assertEquals("""
                  ExtractSource    started
                  ExtractSource    started
                  ExtractSource    done in 0.5 s
                  ExtractSource    done in 3.0 s
                """, shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFailedTaskIsShownByItsStateWithItsError() {
        var progress = new PlainProgress(out);
        progress.show(entered(1, 0, "ExtractSource", 0));
        progress.show(failed(2, 1, "SourceNotFound"));
        assertTrue(shown.toString(StandardCharsets.UTF_8).contains("  ExtractSource    failed: SourceNotFound\n"));
    }

    @Test
    void aMissingManifestIsNotAFailure() {
        var progress = new PlainProgress(out);
        progress.show(entered(1, 0, "ReadPublished", 0));
        progress.show(failed(2, 1, "S3.NoSuchKeyException"));
        progress.show(failed(3, 2, "S3.S3Exception"));
        assertEquals("""
                  ReadPublished    started
                  ReadPublished    nothing is published yet
                  ReadPublished    failed: S3.S3Exception
                """, shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void withoutATerminalNothingIsOverwritten() {
        var progress = new PlainProgress(out);
        progress.show(entered(1, 0, "TransformData", 0));
        progress.tick();
        assertEquals("  TransformData    started\n", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void onATerminalEachStateThatDoesTheWorkHasOneLineWhichIsUpdated() {
        var progress = new TerminalProgress(out, false);
        progress.show(entered(1, 0, "TransformData", 0));
        assertTrue(onScreen().matches("  TransformData      ▸ running +\\d+\\.\\d s\n"), onScreen());
        progress.show(exited(2, 1, "TransformData", 2_000));
        assertEquals("  TransformData      ✓ done          2.0 s\n", onScreen());
        progress.show(entered(3, 2, "ReadQuality", 2_000));
        progress.show(exited(4, 3, "ReadQuality", 2_010));
        assertEquals(
                "  TransformData      ✓ done          2.0 s\n", onScreen(), "states that end immediately have no line");
    }

    @Test
    void onATerminalAFailureStaysVisibleWithItsErrorAndColours() {
        var progress = new TerminalProgress(out, true);
        progress.show(entered(1, 0, "TransformData", 0));
        progress.show(failed(2, 1, "States.TaskFailed"));
        progress.show(exited(3, 2, "TransformData", 1_000));
        assertEquals("  TransformData      \u001b[33m! caught  \u001b[0m      1.0 s  States.TaskFailed\n", onScreen());
    }

    /** The final screen of a terminal: the last drawing overwrites the earlier ones. */
    private String onScreen() {
        var drawings = shown.toString(StandardCharsets.UTF_8).split("\u001b\\[J");
        return drawings[drawings.length - 1];
    }

    private static HistoryEvent failed(long id, long previous, String error) {
        return event(id, previous, 0)
                .type("TaskFailed")
                .taskFailedEventDetails(details -> details.resource("invoke").error(error))
                .build();
    }

    private static HistoryEvent entered(long id, long previous, String state, long millis) {
        return event(id, previous, millis)
                .type("TaskStateEntered")
                .stateEnteredEventDetails(details -> details.name(state))
                .build();
    }

    private static HistoryEvent exited(long id, long previous, String state, long millis) {
        return event(id, previous, millis)
                .type("TaskStateExited")
                .stateExitedEventDetails(details -> details.name(state))
                .build();
    }

    private static HistoryEvent.Builder event(long id, long previous, long millis) {
        return HistoryEvent.builder().id(id).previousEventId(previous).timestamp(Instant.ofEpochMilli(millis));
    }
}
