package dataprep.workflow;

/** The CloudWatch metrics that each run writes of itself, by the stack's name as their one dimension. */
public final class RunMetrics {
    public static final String NAMESPACE = "DataPreparation";
    public static final String DIMENSION = "Stack";
    public static final String ROWS_IN = "RowsIn";
    public static final String ROWS_OUT = "RowsOut";
    public static final String ROWS_QUARANTINED = "RowsQuarantined";
    /** Quarantined rows of a hundred that were read. */
    public static final String REJECTED_PERCENT = "RejectedPercent";
    /** 1 for each run after which what is published is up to date with the sources. */
    public static final String UP_TO_DATE = "UpToDate";
    /** What the Glue job consumed, in DPU-hours. */
    public static final String DPU_HOURS = "DpuHours";

    private RunMetrics() {}
}
