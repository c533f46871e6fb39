package dataprep.failures;

import dataprep.asl.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The faults of a task, by the service that it calls.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Error handling</a>
 */
final class ServiceFaults {
    private static final Map<String, Object> SOURCES = Map.of("service", "s3", "operation", "HeadObject");

    /** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors, and how functions end. */
    private static final List<Fault> LAMBDA = List.of(
            Fault.answered("Lambda.TooManyRequestsException", 429, "TooManyRequestsException"),
            Fault.answered("Lambda.ServiceException", 500, "ServiceException"),
            Fault.answered("Lambda.AWSLambdaException", 503, "ServiceUnavailable"),
            Fault.answered("Lambda.ResourceNotFoundException", 404, "ResourceNotFoundException"),
            Fault.cutBefore("Lambda.SdkClientException"),
            Fault.cutAfter("Lambda.SdkClientException"),
            Fault.function("the function crashes", "Runtime.ExitError", "crash"),
            Fault.function("the function times out", "Sandbox.Timedout", "timeout"),
            Fault.function("the function is out of memory", "Runtime.OutOfMemory", "memory"),
            Fault.within("the source throttles", "SourceUnavailable", on(SOURCES, 503, "SlowDown")),
            Fault.within("the source denies access", "SourceForbidden", on(SOURCES, 403, "AccessDenied")),
            Fault.within("the source does not exist", "SourceNotFound", on(SOURCES, 404, "NoSuchKey")));

    /** https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html, and how job runs end. */
    private static final List<Fault> JOB = List.of(
            Fault.answered("Glue.ConcurrentRunsExceededException", 400, "ConcurrentRunsExceededException"),
            Fault.answered("Glue.ThrottlingException", 400, "ThrottlingException"),
            Fault.answered("Glue.AWSGlueException", 503, "ServiceUnavailable"),
            Fault.answered("Glue.InternalServiceException", 500, "InternalServiceException"),
            Fault.answered("Glue.OperationTimeoutException", 400, "OperationTimeoutException"),
            Fault.answered("Glue.ResourceNumberLimitExceededException", 400, "ResourceNumberLimitExceededException"),
            Fault.answered("Glue.EntityNotFoundException", 400, "EntityNotFoundException"),
            Fault.cutBefore("Glue.SdkClientException"),
            Fault.jobRun("the job run ends with FAILED", Optional.of("States.TaskFailed"), "FAILED"),
            Fault.jobRun("the job run ends with TIMEOUT", Optional.of("States.TaskFailed"), "TIMEOUT"),
            Fault.jobRun("the job run ends with STOPPED", Optional.empty(), "STOPPED"),
            Fault.jobRun("the job run succeeds without a report", Optional.empty(), "SUCCEEDED"));

    /** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors */
    private static final List<Fault> SNS = List.of(
            Fault.answered("SNS.ThrottledException", 429, "Throttled"),
            Fault.answered("SNS.InternalErrorException", 500, "InternalError"),
            Fault.answered("SNS.AuthorizationErrorException", 403, "AuthorizationError"),
            Fault.cutBefore("SNS.SdkClientException"));

    private ServiceFaults() {}

    static List<Fault> of(Task task) {
        var parts = task.caption().split(":");
        var faults = new ArrayList<>(
                switch (parts[0]) {
                    case "lambda" -> LAMBDA;
                    case "glue" -> JOB;
                    case "sns" -> SNS;
                    case "aws-sdk" -> ofSdk(parts[1], parts[2]);
                    default -> throw new IllegalArgumentException("no faults are known for " + task.caption());
                });
        if (task.timeoutSeconds() != null) {
            faults.add(Fault.late());
        }
        return faults;
    }

    private static List<Fault> ofSdk(String service, String action) {
        var reads = action.startsWith("get") || action.startsWith("list") || action.startsWith("describe");
        var faults = new ArrayList<Fault>();
        switch (service) {
            case "s3" -> {
                faults.add(Fault.answered("S3.S3Exception", 503, "SlowDown"));
                faults.add(Fault.answered("S3.S3Exception", 500, "InternalError"));
                faults.add(Fault.answered("S3.S3Exception", 403, "AccessDenied"));
                faults.add(Fault.cutBefore("S3.SdkClientException"));
                if (!reads) {
                    faults.add(Fault.answered("S3.S3Exception", 412, "PreconditionFailed"));
                    faults.add(Fault.cutAfter("S3.SdkClientException"));
                }
                if (action.startsWith("get")) {
                    faults.add(Fault.missing());
                    faults.add(Fault.unreadable());
                }
            }
            case "glue" -> {
                faults.add(Fault.answered("Glue.InternalServiceException", 500, "InternalServiceException"));
                faults.add(Fault.answered("Glue.GlueException", 503, "ServiceUnavailable"));
                faults.add(Fault.answered("Glue.EntityNotFoundException", 400, "EntityNotFoundException"));
                faults.add(Fault.cutBefore("Glue.SdkClientException"));
                if (!reads) {
                    faults.add(Fault.answered(
                            "Glue.ConcurrentModificationException", 400, "ConcurrentModificationException"));
                    faults.add(Fault.cutAfter("Glue.SdkClientException"));
                }
            }
            case "cloudwatch" -> {
                faults.add(Fault.answered("CloudWatch.InternalServiceException", 500, "InternalServiceError"));
                faults.add(Fault.answered("CloudWatch.CloudWatchException", 400, "Throttling"));
                faults.add(Fault.cutBefore("CloudWatch.SdkClientException"));
            }
            case "eventbridge" -> {
                faults.add(Fault.answered("EventBridge.InternalException", 500, "InternalException"));
                faults.add(Fault.answered("EventBridge.EventBridgeException", 400, "ThrottlingException"));
                faults.add(Fault.cutBefore("EventBridge.SdkClientException"));
            }
            case "sfn" -> {
                faults.add(Fault.answered("Sfn.SfnException", 400, "ThrottlingException"));
                faults.add(Fault.cutBefore("Sfn.SdkClientException"));
            }
            default -> throw new IllegalArgumentException("no faults are known for " + service);
        }
        return faults;
    }

    private static Map<String, Object> on(Map<String, Object> call, int status, String code) {
        var injection = new TreeMap<>(call);
        injection.putAll(Fault.answered("", status, code).injection());
        return injection;
    }
}
