package dataprep.cli.command;

import dataprep.cli.exit.ExitCodes;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command of which all others are subcommands, one class each. */
@Command(
        name = "dataprep",
        description = "Runs the data preparation on a local AWS, and operates it there or on AWS.",
        subcommands = {
            RunCommand.class,
            UpCommand.class,
            DeployCommand.class,
            ShellCommand.class,
            StopCommand.class,
            StartCommand.class,
            FollowCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            ListCommand.class,
            CatalogCommand.class,
            LogsCommand.class,
            RetryCommand.class,
            RollbackCommand.class,
            PreviewCommand.class,
            CheckRecipesCommand.class,
            CostCommand.class,
            CommentCommand.class,
            AcceptCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class DataprepCommand {
    private static final int HELP_WIDTH = 120;
    private static final String DEFAULT_STATE = ".local";

    @Option(names = "--state", defaultValue = DEFAULT_STATE, description = "folder of the local AWS (${DEFAULT-VALUE})")
    private Path state;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    private boolean help;

    /** The parser of the whole command line, with its exit codes. */
    public static CommandLine commandLine() {
        var commandLine = new CommandLine(new DataprepCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .setExecutionExceptionHandler((exception, failed, parsed) -> {
                    var code = ExitCodes.of(exception);
                    if (code == ExitCodes.FAULT) {
                        exception.printStackTrace(failed.getErr());
                    } else {
                        failed.getErr().println("\nerror: " + ExitCodes.message(exception));
                    }
                    return code;
                });
        commandLine.getSubcommands().values().forEach(DataprepCommand::addExitCodes);
        return commandLine;
    }

    private static void addExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes%n")
                .exitCodeList(ExitCodes.MEANINGS);
    }

    /** The state folder of a local AWS. */
    Path state() {
        return state;
    }
}
