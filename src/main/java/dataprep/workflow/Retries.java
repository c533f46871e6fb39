package dataprep.workflow;

import dataprep.asl.Retry;
import java.util.List;

/** The retriers for transient errors. */
final class Retries {
    /** S3 has one error name for nearly everything, including throttling and internal errors. */
    static final List<String> S3_TRANSIENT = List.of("S3.S3Exception", "S3.SdkClientException");

    /** The errors that are responses of S3: after these, the call has no later effect. */
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
