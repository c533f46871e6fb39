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

/**
 * Shows each state as it starts and ends: lines that stay, and on a terminal one more that counts the seconds of what
 * runs now.
 */
public final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final Map<Long, HistoryEvent> history = new HashMap<>();
    /** The states that were entered and not yet left, by the event that entered them. */
    private final Map<Long, HistoryEvent> running = new LinkedHashMap<>();

    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

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

    /** Before the first publish there is no manifest to read, and nothing wrong with that. */
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

    /** Counts on; without a terminal there is nothing to count on. */
    public void tick() {
        if (terminal) {
            var now = Instant.now();
            out.print(CLEAR_LINE);
            running.values().stream()
                    .map(e -> e.stateEnteredEventDetails().name() + " " + seconds(e.timestamp(), now))
                    .reduce((a, b) -> a + ", " + b)
                    .ifPresent(states -> out.print("  ... " + states));
            out.flush();
        }
    }

    public void close() {
        if (terminal) {
            out.print(CLEAR_LINE);
        }
    }

    /** An event points to the one before it on its own path: the first entry of that name on the way back is its own. */
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
        if (terminal) {
            out.print(CLEAR_LINE);
        }
        out.printf("  %-16s %s%n", subject, what);
    }

    private static String seconds(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1000.0);
    }
}
