package dataprep.workflow;

import dataprep.asl.Retry;
import java.util.List;

/** How passing errors are tried again. */
final class Retries {
    /** S3 has one name for nearly everything, throttling and its own faults included. */
    static final List<String> S3_TRANSIENT = List.of("S3.S3Exception", "S3.SdkClientException");

    /** Of these, the errors that S3 has answered with: such a call is over. */
    static final List<String> S3_ANSWERED = List.of("S3.S3Exception");

    static final List<String> STEP_FUNCTIONS_TRANSIENT = List.of("Sfn.SfnException", "Sfn.SdkClientException");

    private Retries() {}

    static Retry of(List<String> errors) {
        return Retry.on(errors)
                .intervalSeconds(2)
                .maxAttempts(4)
                .backoffRate(2)
                .maxDelaySeconds(60)
                .jitter(Retry.Jitter.FULL);
    }
}
