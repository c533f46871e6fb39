package dataprep.cli.command;

import dataprep.cli.exit.ExitCodes;
import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.DeploymentPrinter;
import dataprep.cli.stack.LocalSettings;
import dataprep.cli.stack.PulumiStacks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(name = "deploy", description = "Deploys the changes to the running local AWS.")
final class DeployCommand implements Callable<Integer> {
    @ParentCommand
    private DataprepCommand parent;

    @Mixin
    private LocalSettings settings;

    @Override
    public Integer call() throws Exception {
        var endpoint = DeployedStack.localEndpoint(parent.state());
        LocalSettings.save(parent.state(), settings.overSaved(parent.state()), endpoint);
        new DeploymentPrinter(System.out).up(PulumiStacks.local(parent.state(), endpoint));
        return ExitCodes.OK;
    }
}
