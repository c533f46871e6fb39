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
        var progress = new Progress(out, false);
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
        var progress = new Progress(out, false);
        progress.show(entered(1, 0, "ExtractSource", 0));
        progress.show(failed(2, 1, "SourceNotFound"));
        assertTrue(shown.toString(StandardCharsets.UTF_8).contains("  ExtractSource    failed: SourceNotFound\n"));
    }

    @Test
    void aManifestThatIsNotThereYetIsNoFailure() {
        var progress = new Progress(out, false);
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
        var progress = new Progress(out, false);
        progress.show(entered(1, 0, "TransformData", 0));
        progress.tick();
        progress.close();
        assertEquals("  TransformData    started\n", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void onATerminalTheRunningStatesAreCounted() {
        var progress = new Progress(out, true);
        progress.show(entered(1, 0, "TransformData", 0));
        progress.tick();
        assertTrue(shown.toString(StandardCharsets.UTF_8).contains("... TransformData "));
    }

    private static HistoryEvent failed(long id, long previous, String error) {
        return event(id, previous, 0)
                .taskFailedEventDetails(details -> details.resource("invoke").error(error))
                .build();
    }

    private static HistoryEvent entered(long id, long previous, String state, long millis) {
        return event(id, previous, millis)
                .stateEnteredEventDetails(details -> details.name(state))
                .build();
    }

    private static HistoryEvent exited(long id, long previous, String state, long millis) {
        return event(id, previous, millis)
                .stateExitedEventDetails(details -> details.name(state))
                .build();
    }

    private static HistoryEvent.Builder event(long id, long previous, long millis) {
        return HistoryEvent.builder().id(id).previousEventId(previous).timestamp(Instant.ofEpochMilli(millis));
    }
}
