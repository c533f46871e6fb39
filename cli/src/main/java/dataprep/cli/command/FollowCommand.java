package dataprep.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "follow",
        description = "Follows a run to its end and shows its result. Shows an ended run immediately.",
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep follow                       the latest run on the local AWS",
            "  dataprep follow -s prod RUN           a run that another trigger started"
        })
public final class FollowCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run's id (default: the latest run)")
    private String run;

    @Option(names = "--json", description = "follow silently, then print the run as JSON, like `show --json`")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (var deployed = target.open()) {
            return target.follow(deployed, deployed.execution(run), json);
        }
    }
}
