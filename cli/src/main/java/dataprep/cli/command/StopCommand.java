package dataprep.cli.command;

import dataprep.cli.exit.ExitCodes;
import dataprep.cli.local.LocalAws;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "stop", description = "Stops the running local AWS.")
final class StopCommand implements Callable<Integer> {
    @ParentCommand
    private DataprepCommand parent;

    @Override
    public Integer call() throws Exception {
        System.out.println(LocalAws.stop(parent.state()) ? "The local AWS has stopped." : "No local AWS is running.");
        return ExitCodes.OK;
    }
}
