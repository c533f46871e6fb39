package dataprep.cli.command;

import dataprep.cli.run.RunJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Shows a run: its states with status and duration, rows, failed rules, published data and cost.",
            "A state is `failed` if the run failed because of it, `caught` if the run continued. `show` exits 0 either way."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep show                         the latest run on the local AWS",
            "  dataprep show RUN -s prod             a run that `list` shows",
            "  dataprep show RUN --json              for scripts, for example: | jq .quality.rows_out"
        })
public final class ShowCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run's id (default: the latest run)")
    private String runId;

    @Option(names = "--json", description = "print everything as one JSON object")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (var deployed = target.open()) {
            var run = deployed.run(deployed.execution(runId));
            if (json) {
                System.out.println(RunJson.of(run).toPrettyString());
            } else {
                deployed.show(run, System.out);
            }
            return 0;
        }
    }
}
