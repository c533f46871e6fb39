package dataprep.cli;

/** What a command tells its user before it exits non-zero: the text says it all, a stack trace would add nothing. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
