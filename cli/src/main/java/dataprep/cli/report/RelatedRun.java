package dataprep.cli.report;

/**
 * A run of another data set that this run reads, or that reads this run.
 *
 * @param relation {@link #READS} or {@link #READ_BY}
 * @param link of its report, relative to this run's report
 */
public record RelatedRun(String relation, String dataset, String runId, String link) {
    static final String READS = "Reads";
    static final String READ_BY = "Read by";

    /** The places of reports beside each other. */
    enum Place {
        /** All in one folder. */
        LOCAL_FOLDER,
        /** Each in the folder of its data set in the data bucket. */
        DATA_BUCKET;

        String link(String dataset, String runId) {
            return this == LOCAL_FOLDER
                    ? runId + ".html"
                    : "../../../%s/reports/run_id=%s/report.html".formatted(dataset, runId);
        }
    }
}
