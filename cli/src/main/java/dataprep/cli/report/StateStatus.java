package dataprep.cli.report;

import java.util.Locale;

/** What became of a state in a run; of several visits the first of these counts. */
enum StateStatus {
    FAILED("failed", "✕"),
    ABORTED("stopped", "■"),
    RUNNING("running", "▸"),
    /** Failed, and the workflow went on as it does then. */
    CAUGHT("caught", "!"),
    SUCCEEDED("done", "✓"),
    NOT_REACHED("not reached", "");

    private final String word;
    private final String sign;

    StateStatus(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    String word() {
        return word;
    }

    /** Tells outcomes apart without colour. */
    String sign() {
        return sign;
    }

    boolean isFailure() {
        return this == FAILED || this == CAUGHT;
    }

    String cssClass() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
