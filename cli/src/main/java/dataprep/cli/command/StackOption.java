package dataprep.cli.command;

import com.pulumi.automation.AutomationException;
import dataprep.cli.run.Execution;
import dataprep.cli.run.RunJson;
import dataprep.cli.stack.DeployedDataset;
import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.PulumiStacks;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The options of every command that reads or starts runs: the stack and the data set. */
final class StackOption {
    @ParentCommand
    private DataprepCommand parent;

    @Option(
            names = {"-s", "--stack"},
            defaultValue = PulumiStacks.LOCAL,
            paramLabel = "STACK",
            description = "stack (${DEFAULT-VALUE}: the running local AWS)")
    private String stack;

    @Option(
            names = {"-d", "--dataset"},
            paramLabel = "DATASET",
            description = "data set (default: the stack's only one)")
    private String dataset;

    String stack() {
        return stack;
    }

    /**
     * Follows an execution to its end.
     *
     * @param json whether to follow silently and then print the run as JSON
     * @return the exit code
     */
    int follow(DeployedDataset deployed, Execution execution, boolean json) throws InterruptedException, IOException {
        if (!json) {
            deployed.follow(execution, System.out);
            return 0;
        }
        var end = deployed.await(execution);
        var run = deployed.run(execution);
        deployed.writeReport(run, System.err);
        System.out.println(RunJson.of(run).toPrettyString());
        deployed.requireSuccess(end);
        return 0;
    }

    /** The folder of the local AWS. */
    Path state() {
        return parent.state();
    }

    DeployedStack openStack() throws AutomationException, IOException {
        return DeployedStack.open(stack, state());
    }

    /** The data set that the option names, which closes its stack. */
    DeployedDataset open() throws AutomationException, IOException {
        return datasetOf(openStack());
    }

    DeployedDataset datasetOf(DeployedStack deployed) {
        return deployed.dataset(dataset);
    }

    boolean hasDataset() {
        return dataset != null;
    }
}
