package dataprep.asl;

import java.util.List;
import java.util.Set;

/**
 * Error names for Retry and Catch.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Error handling</a>
 */
public final class Errors {

    /** Every error but {@code States.Runtime} and {@code States.DataLimitExceeded}; it must stand alone and last. */
    public static final String ALL = "States.ALL";

    /** Every error of a task but a timeout. */
    public static final String TASK_FAILED = "States.TaskFailed";

    public static final String TIMEOUT = "States.Timeout";

    public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";

    /**
     * The errors that AWS Lambda asks its callers to retry.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html">Best practices</a>
     */
    public static final List<String> LAMBDA_TRANSIENT = List.of(
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException");

    /**
     * The errors of AWS Glue for throttling and internal failures.
     *
     * @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html">StartJobRun</a>
     */
    public static final List<String> GLUE_TRANSIENT = List.of(
            "Glue.ConcurrentRunsExceededException",
            "Glue.AWSGlueException",
            "Glue.GlueException",
            "Glue.InternalServiceException",
            "Glue.OperationTimeoutException",
            "Glue.ResourceNumberLimitExceededException",
            "Glue.SdkClientException",
            "Glue.ThrottlingException");

    /** Errors that always end the execution: no retrier and no catcher matches them. */
    private static final Set<String> FINAL = Set.of("States.DataLimitExceeded", "States.Runtime");

    /** The prefix of all error names of Step Functions. */
    public static final String RESERVED_PREFIX = "States.";

    /** The error names of Step Functions. */
    public static final Set<String> RESERVED = Set.of(
            ALL,
            TASK_FAILED,
            TIMEOUT,
            HEARTBEAT_TIMEOUT,
            "States.BranchFailed",
            "States.DataLimitExceeded",
            "States.ExceedToleratedFailureThreshold",
            "States.IntrinsicFailure",
            "States.ItemReaderFailed",
            "States.NoChoiceMatched",
            "States.ParameterPathFailure",
            "States.Permissions",
            "States.QueryEvaluationError",
            "States.ResultPathMatchFailure",
            "States.ResultWriterFailed",
            "States.Runtime");

    private Errors() {}

    /** Whether a retrier or a catcher for these names matches an error. */
    static boolean match(List<String> names, String error) {
        boolean byWildcard = names.contains(ALL) || names.contains(TASK_FAILED) && !error.equals(TIMEOUT);
        return names.contains(error) || byWildcard && !FINAL.contains(error);
    }
}
