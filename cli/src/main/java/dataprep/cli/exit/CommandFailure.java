package dataprep.cli.exit;

/** An error that a command prints without a stack trace before it exits non-zero. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The operation ran and did not succeed. */
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
