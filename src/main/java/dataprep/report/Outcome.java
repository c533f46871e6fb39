package dataprep.report;

/** What became of a state in a run; of several visits the first of these counts. */
enum Outcome {
    FAILED("failed", "✕"),
    ABORTED("stopped", "■"),
    RUNNING("running", "▸"),
    SUCCEEDED("done", "✓"),
    NOT_REACHED("not reached", "");

    private final String word;
    private final String sign;

    Outcome(String word, String sign) {
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

    String cssClass() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
