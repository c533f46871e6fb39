package dataprep.cli.command;

import dataprep.cli.exit.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Lists runs, the latest first: status, start, duration and rows. Marks the published run.",
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep list                         the last 20 runs on the local AWS",
            "  dataprep list -s prod -n 100",
            "  dataprep list --json                  as JSON, for example: | jq -r '.[] | select(.current).run_id'"
        })
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Option(
            names = {"-n", "--most"},
            defaultValue = "20",
            paramLabel = "N",
            description = "maximum number of runs (${DEFAULT-VALUE})")
    private int most;

    @Option(names = "--json", description = "print the runs as a JSON array")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (most < 1) {
            throw CommandFailure.usage("--most: invalid value '%d'; must be an integer of at least 1".formatted(most));
        }
        try (var deployed = target.open()) {
            var runs = deployed.runs(most);
            if (json) {
                System.out.println(runs.json().toPrettyString());
            } else {
                runs.lines().forEach(System.out::println);
            }
            return 0;
        }
    }
}
