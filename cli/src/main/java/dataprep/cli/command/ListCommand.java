package dataprep.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dataprep.cli.exit.CommandFailure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = {
            "Lists runs, the latest first: status, start, duration and rows. Marks the published run.",
            "Without --dataset, a stack with several data sets lists these: last run, published run, rows, age."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep list                         the last 20 runs on the local AWS",
            "  dataprep list -s prod -n 100",
            "  dataprep list -d orders               the runs of one of several data sets",
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
        try (var stack = target.openStack()) {
            if (!target.hasDataset() && stack.datasets().size() > 1) {
                var table = stack.table();
                print(table.json(), table.lines());
            } else {
                var runs = target.datasetOf(stack).runs(most);
                print(runs.json(), runs.lines());
            }
            return 0;
        }
    }

    private void print(ArrayNode array, List<String> lines) {
        if (json) {
            System.out.println(array.toPrettyString());
        } else {
            lines.forEach(System.out::println);
        }
    }
}
