package dataprep.pricing;

/**
 * The workers of a Glue job.
 *
 * @param flex whether they are spare capacity
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/worker-types.html">Worker types</a>
 */
public record Workers(String glueVersion, String type, int number, boolean flex) {
    /** What they are charged as, as prices.json names it. */
    String priced() {
        return flex ? "flex" : "standard";
    }

    /** Data processing units of all workers: the number in the type's name, for each. */
    public double dpus() {
        return number * Double.parseDouble(type.replaceAll("[^0-9]", ""));
    }
}
