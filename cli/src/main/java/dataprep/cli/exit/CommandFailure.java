package dataprep.cli.exit;

/** What a command tells its user before it exits non-zero: the text says it all, a stack trace would add nothing. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Something was carried out and did not succeed. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCodes.RUN_FAILED, message);
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCodes.USAGE, message);
    }

    public static CommandFailure notReachable(String message) {
        return new CommandFailure(ExitCodes.NOT_REACHABLE, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
