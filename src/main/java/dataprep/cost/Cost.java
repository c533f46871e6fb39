package dataprep.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What something costs, by what it is for. */
public record Cost(List<Line> lines) {

    /** @param quantity what is paid for, with its unit */
    public record Line(String service, String quantity, double dollars) {}

    public Cost {
        lines = List.copyOf(lines);
    }

    public double dollars() {
        return lines.stream().mapToDouble(Line::dollars).sum();
    }

    /** The cost of one run. */
    public static Cost of(Usage usage, Prices prices) {
        var lines = new ArrayList<Line>();
        if (usage.workers() != null && usage.glueSeconds() > 0) {
            var billed = Math.max(1, prices.glueLeastSeconds() / usage.glueSeconds()) * usage.glueDpuSeconds();
            lines.add(new Line(
                    "Glue", number("%,.0f DPU-seconds", billed), billed / 3600 * prices.dpuHour(usage.workers())));
        }
        if (usage.lambdaRequests() > 0) {
            lines.add(new Line(
                    "Lambda",
                    number("%,.2f GB-seconds", usage.lambdaGigabyteSeconds()),
                    usage.lambdaGigabyteSeconds() * prices.lambdaGigabyteSecond()
                            + usage.lambdaRequests() * prices.lambdaRequest()));
        }
        lines.add(new Line(
                "Step Functions",
                number("%,.0f state transitions", usage.stateTransitions()),
                usage.stateTransitions() * prices.stateTransition()));
        return new Cost(lines);
    }

    /** An amount with as many digits as it takes to say something: cents, or what is below. */
    public static String text(double dollars) {
        return number(Math.abs(dollars) < 0.10 ? "$%,.4f" : "$%,.2f", dollars);
    }

    static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
