package dataprep.cli.run;

import java.util.Locale;

/** How a state ended in a run; of several visits the first of these counts. */
public enum StateStatus {
    FAILED("failed", "✕"),
    ABORTED("aborted", "■"),
    RUNNING("running", "▸"),
    /** Failed, and the run continued by a catch. */
    CAUGHT("caught", "!"),
    SUCCEEDED("done", "✓"),
    NOT_REACHED("not reached", "");

    private final String word;
    private final String sign;

    StateStatus(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    public String word() {
        return word;
    }

    /** Distinguishes statuses without colour. */
    public String sign() {
        return sign;
    }

    public boolean isFailure() {
        return this == FAILED || this == CAUGHT;
    }

    public String cssClass() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
