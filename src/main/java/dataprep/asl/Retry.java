package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A retrier: the errors to retry, the number of attempts and the intervals.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Error handling</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Retry(
        @JsonProperty("Comment") String comment,
        @JsonProperty("ErrorEquals") List<String> errors,
        @JsonProperty("IntervalSeconds") Integer intervalSeconds,
        @JsonProperty("MaxAttempts") Integer maxAttempts,
        @JsonProperty("BackoffRate") Double backoffRate,
        @JsonProperty("MaxDelaySeconds") Integer maxDelaySeconds,
        @JsonProperty("JitterStrategy") Jitter jitter) {

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int DEFAULT_INTERVAL_SECONDS = 1;
    private static final double DEFAULT_BACKOFF_RATE = 2;

    /** Whether the intervals are randomised. */
    public enum Jitter {
        FULL,
        NONE
    }

    public Retry {
        errors = List.copyOf(errors);
    }

    /** Retries errors by name: a reserved one of {@link Errors}, a service's, or that of an exception class. */
    public static Retry on(String... errors) {
        return on(List.of(errors));
    }

    /** Retries errors by name, such as {@link Errors#LAMBDA_TRANSIENT}. */
    public static Retry on(List<String> errors) {
        return new Retry(null, errors, null, null, null, null, null);
    }

    /** The sum of its intervals, without jitter. */
    public long longestWaitSeconds() {
        double wait = intervalSeconds == null ? DEFAULT_INTERVAL_SECONDS : intervalSeconds;
        double most = maxDelaySeconds == null ? Double.MAX_VALUE : maxDelaySeconds;
        double sum = 0;
        for (int i = 0; i < attempts(); i++) {
            sum += Math.min(wait, most);
            wait *= backoffRate == null ? DEFAULT_BACKOFF_RATE : backoffRate;
        }
        return Math.round(sum);
    }

    /** The number of retries; Step Functions' default is three. */
    int attempts() {
        return maxAttempts == null ? DEFAULT_ATTEMPTS : maxAttempts;
    }

    public Retry comment(String text) {
        return new Retry(text, errors, intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds, jitter);
    }

    public Retry intervalSeconds(int seconds) {
        return new Retry(comment, errors, seconds, maxAttempts, backoffRate, maxDelaySeconds, jitter);
    }

    /** Sets the number of retries; 0 means never, which exempts the errors from the retriers that follow. */
    public Retry maxAttempts(int attempts) {
        return new Retry(comment, errors, intervalSeconds, attempts, backoffRate, maxDelaySeconds, jitter);
    }

    public Retry backoffRate(double rate) {
        return new Retry(comment, errors, intervalSeconds, maxAttempts, rate, maxDelaySeconds, jitter);
    }

    public Retry maxDelaySeconds(int seconds) {
        return new Retry(comment, errors, intervalSeconds, maxAttempts, backoffRate, seconds, jitter);
    }

    public Retry jitter(Jitter strategy) {
        return new Retry(comment, errors, intervalSeconds, maxAttempts, backoffRate, maxDelaySeconds, strategy);
    }
}
