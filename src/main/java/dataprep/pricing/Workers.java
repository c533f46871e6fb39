package dataprep.pricing;

/**
 * The workers of a Glue job.
 *
 * @param flex whether they use Flex execution
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/worker-types.html">Worker types</a>
 */
public record Workers(String glueVersion, String type, int number, boolean flex) {
    /** The worker group in prices.json. */
    String priced() {
        return flex ? "flex" : "standard";
    }

    /** The DPUs of all workers: the number in the worker type's name for each. */
    public double dpus() {
        return number * Double.parseDouble(type.replaceAll("[^0-9]", ""));
    }
}
