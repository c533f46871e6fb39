package dataprep.cli.run;

import java.io.PrintStream;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Prints a line when a state starts and one when it ends, for a pipe or a file. */
final class PlainProgress implements Progress {
    private final PrintStream out;
    private final Visits visits = new Visits();

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(HistoryEvent next) {
        var event = RunEvent.of(next);
        var visit = visits.take(event);
        if (event.enters()) {
            line(event.state(), "started");
        } else if (event.exits()) {
            line(
                    event.state(),
                    "done"
                            + visit.map(ended -> " in " + RunTable.seconds(ended.duration()))
                                    .orElse(""));
        } else if (event.type().equals("TaskFailed")) {
            showFailure(visit.map(Visit::state).orElse(""), event.error());
        }
    }

    @Override
    public void tick() {}

    /** Before the first publication there is no manifest, so this failure is not shown. */
    private void showFailure(String state, String error) {
        var nothingYet = state.equals("ReadPublished") && error.equals("S3.NoSuchKeyException");
        line(state, nothingYet ? "nothing is published yet" : "failed: " + error);
    }

    private void line(String subject, String what) {
        out.printf("  %-16s %s%n", subject, what);
    }
}
