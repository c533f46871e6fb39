package dataprep.lake;

import java.util.List;

/**
 * The keys of one data set in the data bucket. A run writes under {@code run_id=<id>/} of a prefix, a job run under
 * {@code job_run=<id>/} below it.
 *
 * @param prefix of all keys: empty for a stack's only data set, else {@code datasets/<name>/}
 */
public record LakePaths(String prefix) {
    /** The keys of a stack with one data set. */
    public static final LakePaths ROOT = new LakePaths("");
    /** The query results of Athena, which all data sets share. */
    public static final String QUERY_RESULTS = "query-results/";
    /** The URI scheme of a source that is another data set of the stack. */
    public static final String DATASET_SCHEME = "dataset://";

    /**
     * The manifest of a run in the folder of its data set; readers of a folder ignore names that begin with an
     * underscore.
     */
    public static final String STAGED_MANIFEST = "_manifest.json";
    /** The folder in a run's folder in which runs of other data sets note that they read it. */
    public static final String READERS = "_readers/";

    private static final String DATASETS = "datasets/";
    private static final List<String> WRITTEN_BY_RUNS = List.of(
            ROOT.raw(),
            "transformed-data/",
            ROOT.quarantine(),
            ROOT.reports(),
            ROOT.quality(),
            ROOT.lineage(),
            DATASETS);

    /** The keys of one of several data sets. */
    public static LakePaths of(String dataset) {
        return new LakePaths(DATASETS + dataset + "/");
    }

    /** The copies of the sources. */
    public String raw() {
        return prefix + "raw/";
    }

    /** The Parquet files of the data set. */
    public String dataset() {
        return prefix + "transformed-data/dataset/";
    }

    /** The files of the Iceberg table, of all runs. */
    public String table() {
        return prefix + "transformed-data/table/";
    }

    public String quarantine() {
        return prefix + "quarantine/";
    }

    public String reports() {
        return prefix + "reports/";
    }

    /** The rule results, for the catalog's table. */
    public String quality() {
        return prefix + "quality/";
    }

    /** The OpenLineage events of runs. */
    public String lineage() {
        return prefix + "lineage/";
    }

    /** The published result as one CSV file. */
    public String outputCsv() {
        return prefix + "transformed-data/output.csv";
    }

    /** The object that names the current run. */
    public String manifest() {
        return prefix + "transformed-data/latest.json";
    }

    public static boolean isWrittenByRuns(String key) {
        return WRITTEN_BY_RUNS.stream().anyMatch(key::startsWith);
    }
}
