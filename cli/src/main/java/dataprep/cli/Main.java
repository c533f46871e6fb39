package dataprep.cli;

import dataprep.cli.local.LocalAws;
import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.DeploymentPrinter;
import dataprep.cli.stack.PulumiStacks;
import dataprep.cli.command.ExitCodes;
import dataprep.cli.command.LocalSettings;
import dataprep.cli.command.StartCommand;
import dataprep.cli.command.ShowCommand;
import dataprep.cli.command.RollbackCommand;
import dataprep.cli.command.RetryCommand;
import dataprep.cli.command.ReportCommand;
import dataprep.cli.command.PreviewCommand;
import dataprep.cli.command.LogsCommand;
import dataprep.cli.command.ListCommand;
import dataprep.cli.command.FollowCommand;
import dataprep.cli.command.CostCommand;
import dataprep.cli.command.CommentCommand;
import dataprep.cli.command.CheckRecipesCommand;
import dataprep.cli.command.AcceptCommand;
import dataprep.pulumi.CommonPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: run the pipeline on the local AWS, start and follow executions there or in the cloud. */
@Command(
        name = "dataprep",
        description = "Runs the data preparation on a local AWS, and operates it there or in the cloud.",
        subcommands = {
            StartCommand.class,
            FollowCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            ListCommand.class,
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
public final class Main {
    private static final int HELP_WIDTH = 120;

    /** The folder that holds all of a local AWS's state. */
    private static final String DEFAULT_STATE = ".local";

    @Option(names = "--state", defaultValue = DEFAULT_STATE, description = "folder of the local AWS (${DEFAULT-VALUE})")
    private Path state;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    private boolean help;

    public static void main(String[] args) {
        CommonPool.makeRoom();
        // the engine's errors are told once, below; the SDK would log them first, with stack traces
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Main())
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
        commandLine.getSubcommands().values().forEach(Main::addExitCodes);
        return commandLine;
    }

    private static void addExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes%n")
                .exitCodeList(ExitCodes.MEANINGS);
    }

    @Command(description = "deploy to a clean local AWS, run once, show the outcome, stop")
    void run(@Mixin LocalSettings settings) throws Exception {
        var own = settings.overDefaults();
        try (var aws = LocalAws.start(state)) {
            LocalSettings.save(state, own);
            deployAndRun(aws.endpoint());
        }
        System.out.println("""

                Look further
                  make up       the same, and the local AWS stays
                  make again    another run on it        make force   though nothing changed
                  make shell    a shell with its environment, for aws and pulumi
                  make stop     stop it""");
    }

    @Command(description = "deploy to a clean local AWS, run once, show the outcome, keep it up")
    void up(@Mixin LocalSettings settings) throws Exception {
        var own = settings.overDefaults();
        var aws = LocalAws.startDetached(state);
        LocalSettings.save(state, own);
        System.out.printf("The local AWS answers at %s%n", aws.endpoint().aws());
        deployAndRun(aws.endpoint());
        System.out.println("\nIt stays up: make again, make shell, make stop");
    }

    @Command(description = "deploy what changed to the local AWS that is up")
    void deploy(@Mixin LocalSettings settings) throws Exception {
        var endpoint = runningAws();
        LocalSettings.save(state, settings.overSaved(state));
        new DeploymentPrinter(System.out).up(PulumiStacks.local(state, endpoint));
    }

    @Command(description = "open a shell in which aws and pulumi use the local AWS that is up")
    int shell() throws Exception {
        var shell = new ProcessBuilder(System.getenv().getOrDefault("SHELL", "/bin/sh")).inheritIO();
        shell.environment().putAll(PulumiStacks.environment(state, runningAws()));
        return shell.start().waitFor();
    }

    @Command(description = "stop the local AWS that is up")
    void stop() throws IOException {
        System.out.println(LocalAws.stop(state) ? "The local AWS is stopped." : "No local AWS is up.");
    }

    public Path state() {
        return state;
    }

    private void deployAndRun(LocalAws.Endpoint endpoint) throws Exception {
        var outputs = new DeploymentPrinter(System.out).up(PulumiStacks.local(state, endpoint));
        try (var deployed = DeployedStack.local(outputs, endpoint, state)) {
            deployed.follow(deployed.start(false), System.out);
        }
    }

    private LocalAws.Endpoint runningAws() throws IOException {
        return LocalAws.running(state).orElseThrow(DeployedStack::noLocalAws);
    }
}
