package dataprep.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.cost.Cost;
import dataprep.cli.cost.Sizes;
import dataprep.cli.cost.StackCost;
import dataprep.cli.exit.ExitCodes;
import dataprep.cli.stack.EphemeralStack;
import dataprep.cli.stack.PulumiStacks;
import dataprep.pricing.Prices;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cost",
        description = {
            "Estimates the cost of a stack from its settings: of a run and of a month, at three sizes of data.",
            "Deploys the stack to a temporary local AWS and prices its resources. Needs no AWS account."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep cost -s prod                 the cost with Pulumi.prod.yaml",
            "  dataprep cost -s dev --json           as JSON",
            "  dataprep show                         the cost of an actual run"
        })
public final class CostCommand implements Callable<Integer> {
    @Option(
            names = {"-s", "--stack"},
            defaultValue = PulumiStacks.LOCAL,
            paramLabel = "STACK",
            description = "stack with the settings (${DEFAULT-VALUE})")
    private String stack;

    @Option(names = "--json", description = "print the estimate as one JSON object")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var prices = Prices.current();
        var sizes = Sizes.assumed();
        StackCost cost;
        try (var temporaryStack = EphemeralStack.of(stack)) {
            cost = StackCost.of(temporaryStack.deployed(), prices);
        }
        if (json) {
            System.out.println(json(cost.estimates(sizes, prices)));
        } else {
            System.out.print(table(stack, cost, sizes, prices));
        }
        return ExitCodes.OK;
    }

    /** The estimate in Markdown, which is also readable on a terminal. */
    public static String table(String stack, StackCost cost, Sizes sizes, Prices prices) {
        var text = new StringBuilder();
        text.append("Stack `%s`: %d workers %s of Glue %s%s; prices of %s, %s; %d runs a month.\n\n"
                .formatted(
                        stack,
                        cost.workers().number(),
                        cost.workers().type(),
                        cost.workers().glueVersion(),
                        cost.workers().flex() ? ", FLEX" : "",
                        prices.region(),
                        prices.date(),
                        sizes.runsPerMonth()));
        text.append("| data a run | job | a run | a month | of which |\n|---|---|---|---|---|\n");
        cost.estimates(sizes, prices)
                .forEach((name, estimate) -> text.append("| %s GB | %s | %s | %s | %s |\n"
                        .formatted(
                                sizes.gigabytesPerRun().get(name),
                                minutes(estimate.jobMinutes(), cost.jobTimeoutMinutes()),
                                estimate.run().total(),
                                estimate.month().total(),
                                parts(estimate.month()))));
        return text + byDataset(cost, sizes, prices);
    }

    /** The runs of each data set; empty if there is only one. */
    private static String byDataset(StackCost cost, Sizes sizes, Prices prices) {
        if (cost.pipelines().size() == 1) {
            return "";
        }
        var estimates = cost.estimates(sizes, prices);
        var text = new StringBuilder("\nA run of each data set:\n\n| data set |");
        estimates
                .keySet()
                .forEach(size ->
                        text.append(" %s GB |".formatted(sizes.gigabytesPerRun().get(size))));
        text.append("\n|---|").append("---|".repeat(estimates.size())).append("\n");
        for (var pipeline : cost.pipelines()) {
            text.append("| %s |".formatted(pipeline.name()));
            estimates
                    .values()
                    .forEach(estimate -> text.append(" %s |"
                            .formatted(estimate.runs().get(pipeline.name()).total())));
            text.append("\n");
        }
        return text.toString();
    }

    private static String minutes(double minutes, int timeout) {
        var text = String.format(Locale.ROOT, "%,.0f min", minutes);
        return minutes > timeout ? text + ", over its time limit of %d min".formatted(timeout) : text;
    }

    private static String parts(Cost month) {
        var text = new StringBuilder();
        for (var line : month.lines()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("%s %s (%s)".formatted(line.service(), line.text(), line.quantity()));
        }
        return text.toString();
    }

    private String json(Map<String, StackCost.Estimate> estimates) {
        var object = new ObjectMapper().createObjectNode().put("stack", stack);
        estimates.forEach((name, estimate) -> {
            var size = object.putObject(name)
                    .put("job_minutes", estimate.jobMinutes())
                    .put("run_dollars", estimate.run().dollars())
                    .put("month_dollars", estimate.month().dollars());
            var runs = size.putObject("run_dollars_by_data_set");
            estimate.runs().forEach((dataset, run) -> runs.put(dataset, run.dollars()));
            estimate.run().unpriced().forEach(size.putArray("not_included")::add);
        });
        return object.toPrettyString();
    }
}
