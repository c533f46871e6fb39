package dataprep.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = "Starts a run, follows it and shows its result.",
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep start                        on the local AWS; publishes nothing if nothing has changed",
            "  dataprep start --force                publishes even if nothing has changed",
            "  dataprep start -s prod --detach       on AWS, without waiting for the end",
            "  dataprep start -s prod --json         waits, then prints the run as JSON"
        })
public final class StartCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Option(names = "--force", description = "extract and publish even if no source, recipe or code has changed")
    private boolean force;

    @ArgGroup
    private Waiting waiting = new Waiting();

    static final class Waiting {
        @Option(names = "--detach", description = "print the run's id and return immediately")
        private boolean detach;

        @Option(names = "--json", description = "follow silently, then print the run as JSON, like `show --json`")
        private boolean json;
    }

    @Override
    public Integer call() throws Exception {
        try (var deployed = target.open()) {
            var execution = deployed.start(force);
            if (waiting.detach) {
                System.out.println(execution.runId());
                return 0;
            }
            return target.follow(deployed, execution, waiting.json);
        }
    }
}
