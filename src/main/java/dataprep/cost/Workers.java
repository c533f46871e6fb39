package dataprep.cost;

/**
 * The workers of a Glue job.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/worker-types.html">Worker types</a>
 */
public record Workers(String glueVersion, String type, int number) {
    private static final String MEMORY_OPTIMIZED = "R.";

    boolean isMemoryOptimized() {
        return type.startsWith(MEMORY_OPTIMIZED);
    }

    /** Data processing units of all workers: the number in the type's name, for each. */
    public double dpus() {
        return number * Double.parseDouble(type.replaceAll("[^0-9]", ""));
    }
}
