package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.Retry;
import java.util.List;

/** What the workflow does about errors: try passing ones again, tell of the others and fail. */
final class Recoveries {
    static final String NOTIFY_FAILURE = "NotifyFailure";
    /** S3 has one name for nearly everything, throttling and its own faults included. */
    static final List<String> S3_TRANSIENT = List.of("S3.S3Exception", "S3.SdkClientException");

    private Recoveries() {}

    static Retry retrying(List<String> errors) {
        return Retry.on(errors)
                .intervalSeconds(2)
                .maxAttempts(4)
                .backoffRate(2)
                .maxDelaySeconds(60)
                .jitter(Retry.Jitter.FULL);
    }

    static Catch failing(String state) {
        return Catch.all()
                .assign(
                        "failure",
                        failure(
                                state,
                                Jsonata.of("$states.errorOutput.Error"),
                                Jsonata.of("$states.errorOutput.Cause")))
                .next(NOTIFY_FAILURE);
    }

    /** What the failure message and the execution's end tell. */
    static Payload failure(String state, Object error, Object cause) {
        return Payload.with("state", state).and("error", error).and("cause", cause);
    }
}
