package dataprep.workflow;

/** The CloudWatch metrics that each run writes; their one dimension is the stack's name. */
public final class RunMetrics {
    public static final String NAMESPACE = "DataPreparation";
    public static final String DIMENSION = "Stack";
    public static final String ROWS_IN = "RowsIn";
    public static final String ROWS_OUT = "RowsOut";
    public static final String ROWS_QUARANTINED = "RowsQuarantined";
    /** The percentage of the rows read that were quarantined. */
    public static final String REJECTED_PERCENT = "RejectedPercent";
    /** 1 for each run after which the published data set is up to date with the sources. */
    public static final String UP_TO_DATE = "UpToDate";
    /** The DPU-hours of the Glue job. */
    public static final String DPU_HOURS = "DpuHours";

    private RunMetrics() {}
}
