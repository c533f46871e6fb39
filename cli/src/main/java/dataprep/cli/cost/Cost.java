package dataprep.cli.cost;

import dataprep.pricing.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A cost by service. */
public record Cost(List<Line> lines) {

    /**
     * @param quantity the billed quantity with its unit
     * @param price in US dollars, empty if unknown
     */
    public record Line(String service, String quantity, OptionalDouble price) {
        public Line(String service, String quantity, double dollars) {
            this(service, quantity, OptionalDouble.of(dollars));
        }

        /** The cost as text. */
        public String text() {
            return price.isPresent() ? Cost.text(price.getAsDouble()) : UNKNOWN;
        }
    }

    private static final String UNKNOWN = "price not known";

    public Cost {
        lines = List.copyOf(lines);
    }

    /** The sum of the known prices. */
    public double dollars() {
        return lines.stream().mapToDouble(line -> line.price().orElse(0)).sum();
    }

    /** The services with unknown prices, which the sum excludes. */
    public List<String> unpriced() {
        return lines.stream()
                .filter(line -> line.price().isEmpty())
                .map(Line::service)
                .distinct()
                .toList();
    }

    /** The sum as text, with the services that it excludes. */
    public String total() {
        var missing = unpriced();
        return text(dollars())
                + (missing.isEmpty() ? "" : " and %s, %s".formatted(String.join(" and ", missing), UNKNOWN));
    }

    /** The cost of one run. */
    public static Cost of(Usage usage, Prices prices) {
        var lines = new ArrayList<Line>();
        if (usage.workers() != null && usage.glueSeconds() > 0) {
            var billed = Math.max(1, prices.glueLeastSeconds() / usage.glueSeconds()) * usage.glueDpuSeconds();
            var hour = prices.dpuHour(usage.workers());
            lines.add(new Line(
                    "Glue",
                    number("%,.0f DPU-seconds", billed),
                    hour.isPresent() ? OptionalDouble.of(billed / 3600 * hour.getAsDouble()) : hour));
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

    /** An amount rounded to cents, or to significant digits if it is less than a cent. */
    public static String text(double dollars) {
        return number(Math.abs(dollars) < 0.10 ? "$%,.4f" : "$%,.2f", dollars);
    }

    static String number(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
