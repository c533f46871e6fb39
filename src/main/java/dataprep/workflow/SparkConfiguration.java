package dataprep.workflow;

import dataprep.asl.Jsonata;
import dataprep.settings.WorkflowSettings;

/**
 * Spark's configuration properties in the job's argument {@code --conf}.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html">Job parameters</a>
 */
public final class SparkConfiguration {
    /** The name of the argument, whose value has several properties separated by {@code " --conf "}. */
    public static final String ARGUMENT = "--conf";

    private static final long FEW_BYTES = 64L << 20;
    private static final long FEW_ROWS = 500_000;
    /** Half of a short run is compilation and planning, which pay off only with more rows. */
    private static final String SHORT_RUN = " --conf spark.sql.adaptive.enabled=false"
            + " --conf spark.sql.shuffle.partitions=2"
            + " --conf spark.driver.defaultJavaOptions=-XX:TieredStopAtLevel=1"
            + " --conf spark.executor.defaultJavaOptions=-XX:TieredStopAtLevel=1";

    private SparkConfiguration() {}

    /** Of every run: without the region, S3A calls us-east-2 first and finds the region by further calls. */
    public static String ofEveryRun(String region) {
        return "spark.hadoop.fs.s3a.endpoint.region=" + region;
    }

    /** Of a run that has extracted {@code sources}. */
    static Object of(WorkflowSettings settings, String region) {
        var always = ofEveryRun(region);
        // the bytes of a database's rows are unknown before the job reads them
        return settings.hasDatabases()
                ? always
                : Jsonata.of("%s & (%s ? %s : '')"
                        .formatted(Jsonata.quote(always), isShort(settings), Jsonata.quote(SHORT_RUN)));
    }

    private static String isShort(WorkflowSettings settings) {
        var few = "$sum([$sources.bytes]) < %d".formatted(FEW_BYTES);
        return settings.incrementalSource().isEmpty()
                ? few
                : few + " and ($full or $published.rows < %d)".formatted(FEW_ROWS);
    }
}
