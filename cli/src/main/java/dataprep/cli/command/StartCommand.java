package dataprep.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = "Starts a run, follows it and shows its outcome.",
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep start                        on the local AWS; does nothing if nothing changed",
            "  dataprep start --force                whether or not anything changed",
            "  dataprep start -s prod --detach       on AWS, and do not wait",
            "  dataprep start -s prod --json         wait, then say all as JSON"
        })
public final class StartCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Option(names = "--force", description = "run although neither a source, the recipe nor the code has changed")
    private boolean force;

    @ArgGroup
    private Waiting waiting = new Waiting();

    static final class Waiting {
        @Option(names = "--detach", description = "print the run's id and return at once")
        private boolean detach;

        @Option(names = "--json", description = "follow silently, then print the run as JSON, as `show --json` does")
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
