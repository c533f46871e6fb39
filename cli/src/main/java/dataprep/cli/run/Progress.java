package dataprep.cli.run;

import java.io.PrintStream;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Shows a run in progress. */
public interface Progress {
    /** Shows the next event of the execution's history. */
    void show(HistoryEvent event);

    /** Is called while there is no new event. */
    void tick();

    /** For standard output: in place on a terminal, otherwise line by line. */
    static Progress of(PrintStream out) {
        var terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        // https://no-color.org
        var colours = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return terminal ? new TerminalProgress(out, colours) : new PlainProgress(out);
    }
}
