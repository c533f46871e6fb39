package dataprep.lake;

import java.util.List;

/**
 * Where everything is in the data bucket: what a run writes is under {@code run_id=<id>/} in its prefix, what a job run
 * writes under {@code job_run=<id>/} in that.
 */
public final class LakePaths {
    public static final String RAW = "raw/";
    public static final String DATASET = "transformed-data/dataset/";
    public static final String QUARANTINE = "quarantine/";
    public static final String REPORTS = "reports/";
    /** What the rules found, for the catalog's table. */
    public static final String QUALITY = "quality/";
    /** What Athena answers. */
    public static final String QUERY_RESULTS = "query-results/";
    /** The published result as one CSV file. */
    public static final String OUTPUT_CSV = "transformed-data/output.csv";
    /** The one object that says which run is the current one. */
    public static final String MANIFEST = "transformed-data/latest.json";

    /** The manifest of a run, in the folder of its data set; readers of a folder pass over names that begin so. */
    public static final String STAGED_MANIFEST = "_manifest.json";

    private static final List<String> WRITTEN_BY_RUNS = List.of(RAW, "transformed-data/", QUARANTINE, REPORTS, QUALITY);

    private LakePaths() {}

    public static boolean isWrittenByRuns(String key) {
        return WRITTEN_BY_RUNS.stream().anyMatch(key::startsWith);
    }
}
