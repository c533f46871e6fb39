package dataprep.cli.command;

import com.pulumi.automation.AutomationException;
import dataprep.cli.run.Execution;
import dataprep.cli.run.RunJson;
import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.PulumiStacks;
import java.io.IOException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The stack option of every command that reads or starts runs. */
final class StackOption {
    @ParentCommand
    private DataprepCommand parent;

    @Option(
            names = {"-s", "--stack"},
            defaultValue = PulumiStacks.LOCAL,
            paramLabel = "STACK",
            description = "stack (${DEFAULT-VALUE}: the running local AWS)")
    private String stack;

    String stack() {
        return stack;
    }

    /**
     * Follows an execution to its end.
     *
     * @param json whether to follow silently and then print the run as JSON
     * @return the exit code
     */
    int follow(DeployedStack deployed, Execution execution, boolean json) throws InterruptedException, IOException {
        if (!json) {
            deployed.follow(execution, System.out);
            return 0;
        }
        var end = deployed.await(execution);
        deployed.writeReport(execution, System.err);
        System.out.println(RunJson.of(deployed.run(execution)).toPrettyString());
        deployed.requireSuccess(end);
        return 0;
    }

    DeployedStack open() throws AutomationException, IOException {
        return DeployedStack.open(stack, parent.state());
    }
}
