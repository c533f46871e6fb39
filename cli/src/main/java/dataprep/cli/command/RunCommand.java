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
        name = "run",
        description = "Deploys to a clean local AWS, runs the pipeline once, shows the result and stops the local AWS.")
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private DataprepCommand parent;

    @Mixin
    private LocalSettings settings;

    @Override
    public Integer call() throws Exception {
        var own = settings.overDefaults();
        try (var aws = LocalAws.start(parent.state(), settings.server())) {
            LocalSettings.save(parent.state(), own, aws.endpoint());
            StackRun.deployAndRun(parent.state(), aws.endpoint(), System.out);
        }
        System.out.println("""

                Next
                  make up                  the same, and the local AWS stays up
                  make start [FORCE=1]     starts another run on it
                  make shell               opens a shell in which aws and pulumi use it
                  make stop                stops it""");
        return ExitCodes.OK;
    }
}
