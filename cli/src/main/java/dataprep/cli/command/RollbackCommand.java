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
            "Publishes an earlier, retained run again.",
            "Extracts and transforms nothing: the table and output.csv show that run's data again. Later runs find"
                    + " nothing to do until a source, the recipe or the code changes, or a run has `force`."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep rollback RUN                 on the local AWS; `list` shows the runs",
            "  dataprep rollback RUN -s prod"
        })
public final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Parameters(paramLabel = "RUN", description = "id of the run to publish again")
    private String run;

    @Option(
            names = "--rerun",
            description =
                    "also start a run of each data set that reads this one; their publications start the further ones")
    private boolean rerun;

    @Option(names = "--json", description = "follow silently, then print the run as JSON, like `show --json`")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var input = new ObjectMapper().createObjectNode().put("rollback_to", run);
        try (var deployed = target.open()) {
            var code = target.follow(deployed, deployed.start(input.toString()), json);
            for (var reader : deployed.readers()) {
                if (rerun) {
                    target.follow(reader, reader.start(false), json);
                } else if (!json) {
                    System.out.printf(
                            "%nThe data set %s still shows what was made of the later run. To make it again:"
                                    + " dataprep start -d %s, or rollback with --rerun%n",
                            reader.name(), reader.name());
                }
            }
            return code;
        }
    }
}
