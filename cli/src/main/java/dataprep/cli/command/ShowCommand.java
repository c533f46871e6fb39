package dataprep.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Shows a run: its states with outcome and duration, rows, broken rules, what is published, what it cost.",
            "States that end as `caught` failed, and the workflow went on to tell so; `show` itself exits 0 then, too."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep show                         the latest run on the local AWS",
            "  dataprep show RUN -s prod             one of those that `list` names",
            "  dataprep show RUN --json              for machines, for example: | jq .quality.rows_out"
        })
public final class ShowCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run's id; without it the latest run")
    private String run;

    @Option(names = "--json", description = "print everything as one JSON object")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (var deployed = target.open()) {
            var facts = deployed.facts(deployed.execution(run));
            if (json) {
                System.out.println(facts.json().toPrettyString());
            } else {
                deployed.show(facts, System.out);
            }
            return 0;
        }
    }
}
