package dataprep.cli.run;

import java.util.Locale;

/** The status of a state in a run; of several visits, the first in this order applies. */
public enum StateStatus {
    FAILED("failed", "✕"),
    ABORTED("aborted", "■"),
    RUNNING("running", "▸"),
    /** The state failed, and a catcher let the run continue. */
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

    /** A sign that distinguishes statuses without colour. */
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
