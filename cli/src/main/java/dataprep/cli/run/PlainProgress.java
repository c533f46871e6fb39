package dataprep.cli.run;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Prints a line when a state starts and one when it ends, for a pipe or a file. */
final class PlainProgress implements Progress {
    private final PrintStream out;
    private final Map<Long, HistoryEvent> history = new HashMap<>();
    /** The states that were entered but not exited, by the id of the event that entered them. */
    private final Map<Long, HistoryEvent> running = new LinkedHashMap<>();

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(HistoryEvent event) {
        history.put(event.id(), event);
        if (event.stateEnteredEventDetails() != null) {
            running.put(event.id(), event);
            line(event.stateEnteredEventDetails().name(), "started");
        } else if (event.stateExitedEventDetails() != null) {
            var state = event.stateExitedEventDetails().name();
            var entry = entryOf(event, state);
            entry.ifPresent(e -> running.remove(e.id()));
            line(
                    state,
                    "done"
                            + entry.map(e -> " in " + seconds(e.timestamp(), event.timestamp()))
                                    .orElse(""));
        } else if (event.taskFailedEventDetails() != null) {
            showFailure(event);
        }
    }

    /** Before the first publication there is no manifest, so this failure is not shown. */
    private void showFailure(HistoryEvent event) {
        var details = event.taskFailedEventDetails();
        var state = stateOf(event).orElse(details.resource());
        var nothingYet = state.equals("ReadPublished") && details.error().equals("S3.NoSuchKeyException");
        line(state, nothingYet ? "nothing is published yet" : "failed: " + details.error());
    }

    private Optional<String> stateOf(HistoryEvent event) {
        for (var before = history.get(event.previousEventId()); before != null; before = previous(before)) {
            if (before.stateEnteredEventDetails() != null) {
                return Optional.of(before.stateEnteredEventDetails().name());
            }
        }
        return Optional.empty();
    }

    @Override
    public void tick() {}

    /**
     * Each event has the id of the previous event on its path, so the nearest earlier entry of that name belongs to it.
     */
    private Optional<HistoryEvent> entryOf(HistoryEvent exit, String state) {
        for (var event = history.get(exit.previousEventId()); event != null; event = previous(event)) {
            if (running.containsKey(event.id())
                    && event.stateEnteredEventDetails().name().equals(state)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private HistoryEvent previous(HistoryEvent event) {
        return event.previousEventId() < event.id() ? history.get(event.previousEventId()) : null;
    }

    private void line(String subject, String what) {
        out.printf("  %-16s %s%n", subject, what);
    }

    private static String seconds(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1000.0);
    }
}
