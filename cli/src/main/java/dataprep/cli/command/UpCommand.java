package dataprep.cli.command;

import dataprep.cli.exit.ExitCodes;
import dataprep.cli.local.LocalAws;
import dataprep.cli.stack.LocalSettings;
import dataprep.cli.stack.StackRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "up",
        description =
                "Deploys to a clean local AWS, runs the pipeline once, shows the result and keeps the local AWS running.")
final class UpCommand implements Callable<Integer> {
    @ParentCommand
    private DataprepCommand parent;

    @Mixin
    private LocalSettings settings;

    @Override
    public Integer call() throws Exception {
        var own = settings.overDefaults();
        var aws = LocalAws.startDetached(parent.state(), settings.server());
        LocalSettings.save(parent.state(), own, aws.endpoint());
        System.out.printf("The local AWS listens at %s%n", aws.endpoint().aws());
        StackRun.deployAndRun(parent.state(), aws.endpoint(), System.out);
        System.out.println("\nThe local AWS keeps running: make start, make shell, make stop");
        return ExitCodes.OK;
    }
}
