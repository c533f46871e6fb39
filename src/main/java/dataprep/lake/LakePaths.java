package dataprep.lake;

import java.util.List;

/**
 * The prefixes of the data bucket. A run writes under {@code run_id=<id>/} of a prefix, a job run under {@code
 * job_run=<id>/} below it.
 */
public final class LakePaths {
    public static final String RAW = "raw/";
    public static final String DATASET = "transformed-data/dataset/";
    public static final String QUARANTINE = "quarantine/";
    public static final String REPORTS = "reports/";
    /** The rule results, for the catalog's table. */
    public static final String QUALITY = "quality/";
    /** The query results of Athena. */
    public static final String QUERY_RESULTS = "query-results/";
    /** The published result as one CSV file. */
    public static final String OUTPUT_CSV = "transformed-data/output.csv";
    /** The object that names the current run. */
    public static final String MANIFEST = "transformed-data/latest.json";

    /**
     * The manifest of a run in the folder of its data set; readers of a folder ignore names that begin with an
     * underscore.
     */
    public static final String STAGED_MANIFEST = "_manifest.json";

    private static final List<String> WRITTEN_BY_RUNS = List.of(RAW, "transformed-data/", QUARANTINE, REPORTS, QUALITY);

    private LakePaths() {}

    public static boolean isWrittenByRuns(String key) {
        return WRITTEN_BY_RUNS.stream().anyMatch(key::startsWith);
    }
}
