package dataprep.cli.command;

import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.PulumiStacks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "shell", description = "Opens a shell in which aws and pulumi use the running local AWS.")
final class ShellCommand implements Callable<Integer> {
    @ParentCommand
    private DataprepCommand parent;

    @Override
    public Integer call() throws Exception {
        var endpoint = DeployedStack.localEndpoint(parent.state());
        var shell = new ProcessBuilder(System.getenv().getOrDefault("SHELL", "/bin/sh")).inheritIO();
        shell.environment().putAll(PulumiStacks.environment(parent.state(), endpoint));
        return shell.start().waitFor();
    }
}
