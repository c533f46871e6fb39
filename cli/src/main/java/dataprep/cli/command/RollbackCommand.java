package dataprep.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = {
            "Publishes an earlier run again, one of those that are kept.",
            "Nothing is extracted or transformed: the table and output.csv go back to the run's data. Later runs find"
                    + " nothing to do until a source, the recipe or the code changes, or one is forced."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep rollback RUN                 on the local AWS; `list` shows the runs",
            "  dataprep rollback RUN -s prod"
        })
public final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Parameters(paramLabel = "RUN", description = "id of the run to go back to")
    private String run;

    @Option(names = "--json", description = "follow silently, then print the run as JSON, as `show --json` does")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var input = new ObjectMapper().createObjectNode().put("rollback_to", run);
        try (var deployed = target.open()) {
            return target.follow(deployed, deployed.start(input.toString()), json);
        }
    }
}
