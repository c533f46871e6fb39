package dataprep.cli.run;

import java.util.ArrayList;
import java.util.List;

/** A run as text: its result, its states and its cost. */
public final class RunText {
    private RunText() {}

    public static List<String> lines(Run run) {
        var lines = new ArrayList<String>();
        lines.add("Run %s %s%s"
                .formatted(run.id(), RunTable.status(run.status()), run.isCurrent() ? ", currently published" : ""));
        lines.add("  started %s, %s, input %s"
                .formatted(RunTable.time(run.started()), RunTable.seconds(run.duration()), run.input()));
        lines.add("");
        lines.add("  state            status    duration");
        run.visits().visits().forEach(visit -> lines.add(line(visit)));
        lines.add("");
        lines.add("Cost of this run at public prices: %s".formatted(run.cost().total()));
        run.cost()
                .lines()
                .forEach(line -> lines.add("  %-15s %s  %s".formatted(line.service(), line.text(), line.quantity())));
        return lines;
    }

    private static String line(Visit visit) {
        return "  %-16s %-8s %10s%s%s"
                .formatted(
                        visit.state(),
                        visit.status().word(),
                        RunTable.seconds(visit.duration()),
                        visit.attempts() > 1 ? "  %d attempts".formatted(visit.attempts()) : "",
                        visit.error().isEmpty() || visit.status() == StateStatus.SUCCEEDED ? "" : "  " + visit.error());
    }
}
