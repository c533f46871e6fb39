package dataprep.cli;

import dataprep.cli.command.DataprepCommand;
import dataprep.pulumi.CommonPool;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command line's entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        CommonPool.makeRoom();
        // commands print the engine's errors; the SDK would also log them with stack traces
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(DataprepCommand.commandLine().execute(args));
    }
}
