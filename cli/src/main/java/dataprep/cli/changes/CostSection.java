package dataprep.cli.changes;

import dataprep.cli.cost.Cost;
import dataprep.cli.cost.Sizes;
import dataprep.cli.cost.StackCost;
import dataprep.pricing.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cost of a run and of a month after the change, and the difference. */
final class CostSection {
    private static final double CENT = 0.01;

    private CostSection() {}

    static List<String> lines(StackUpdate update) {
        var lines = new ArrayList<String>();
        var prices = Prices.current();
        var sizes = Sizes.assumed();
        lines.add("");
        lines.add("#### Cost");
        var after = estimates(update.after(), sizes, prices);
        var before = estimates(update.before(), sizes, prices);
        if (after.isEmpty()) {
            lines.add("Not known before the deployment.");
            return lines;
        }
        lines.add("| data a run | a run | a month of %d runs | change of the month |".formatted(sizes.runsPerMonth()));
        lines.add("|---|---|---|---|");
        after.forEach((name, estimate) -> lines.add("| %s GB | %s | %s | %s |"
                .formatted(
                        sizes.gigabytesPerRun().get(name),
                        estimate.run().total(),
                        estimate.month().total(),
                        before.containsKey(name) ? delta(before.get(name), estimate) : "not known")));
        return lines;
    }

    private static String delta(StackCost.Estimate before, StackCost.Estimate after) {
        if (!before.run().unpriced().isEmpty() || !after.run().unpriced().isEmpty()) {
            return "not known";
        }
        var delta = after.month().dollars() - before.month().dollars();
        return Math.abs(delta) < CENT / 2 ? "none" : (delta > 0 ? "+" : "−") + Cost.text(Math.abs(delta));
    }

    /** Empty for a stack without the whole pipeline, or whose definition a preview does not know. */
    private static Map<String, StackCost.Estimate> estimates(
            List<StackResource> resources, Sizes sizes, Prices prices) {
        try {
            return StackCost.of(ChangeComment.resources(resources), prices).estimates(sizes, prices);
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }
}
