package dataprep.cli.run;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * One line a state on a terminal, updated in place.
 *
 * <p>It shows the states that do work: no nested states, no Choice or Pass states, and no states that succeeded at
 * once.
 */
final class TerminalProgress implements Progress {
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_DOWN = "\r\u001b[J";
    private static final String COLOUR = "\u001b[%dm%s\u001b[0m";
    private static final Map<StateStatus, Integer> COLOURS = Map.of(
            StateStatus.SUCCEEDED, 32,
            StateStatus.CAUGHT, 33,
            StateStatus.FAILED, 31,
            StateStatus.ABORTED, 31,
            StateStatus.RUNNING, 36);
    private static final Set<String> DECIDING = Set.of("Choice", "Pass");
    private static final Set<String> ENDING = Set.of("Succeed", "Fail");
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private final PrintStream out;
    private final boolean colours;
    private final Visits visits = new Visits();
    private int lines;

    TerminalProgress(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    @Override
    public void show(HistoryEvent event) {
        visits.take(RunEvent.of(event));
        draw();
    }

    @Override
    public void tick() {
        draw();
    }

    private void draw() {
        var shown = visits.soFar(Instant.now()).stream()
                .filter(TerminalProgress::isShown)
                .toList();
        if (lines > 0) {
            out.printf(UP, lines);
        }
        out.print(CLEAR_DOWN);
        shown.forEach(visit -> out.println(line(visit)));
        out.flush();
        lines = shown.size();
    }

    private static boolean isShown(Visit visit) {
        if (visit.isNested() || DECIDING.contains(visit.type())) {
            return false;
        }
        var status = visit.status();
        return ENDING.contains(visit.type())
                || status == StateStatus.RUNNING
                || visit.duration().compareTo(AT_ONCE) >= 0;
    }

    private String line(Visit visit) {
        var status = "%s %s".formatted(visit.status().sign(), visit.status().word());
        var padded = "%-10s".formatted(status);
        return "  %-18s %s %10s%s"
                .formatted(
                        visit.state(),
                        colours ? COLOUR.formatted(COLOURS.get(visit.status()), padded) : padded,
                        RunTable.seconds(visit.duration()),
                        visit.status().isFailure() ? "  " + visit.error() : "")
                .stripTrailing();
    }
}
