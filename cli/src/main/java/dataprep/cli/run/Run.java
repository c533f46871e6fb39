package dataprep.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.cli.cost.Cost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run: its execution, its quality report, the current manifest and its cost.
 *
 * <p>Text ({@link RunText}), JSON ({@link RunJson}) and the HTML report show the same run. Missing parts are an empty
 * text or a missing node.
 *
 * @param status of the execution: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE
 * @param stopped when the execution ended, or when this was read
 * @param output of the execution, JSON
 * @param quality the quality report that the job wrote
 * @param manifest the current manifest, of whichever run
 * @param cost of the run at public prices
 */
public record Run(
        String executionArn,
        String status,
        Instant started,
        Instant stopped,
        String input,
        String error,
        String cause,
        String output,
        List<RunEvent> events,
        JsonNode quality,
        JsonNode manifest,
        Cost cost) {

    /**
     * @throws IOException if the run's files cannot be read
     */
    public static Run read(Execution execution, DataBucket bucket, Cost cost) throws IOException {
        var description = execution.describe();
        return new Run(
                execution.arn(),
                description.statusAsString(),
                description.startDate(),
                description.stopDate() == null ? Instant.now() : description.stopDate(),
                orEmpty(description.input()),
                orEmpty(description.error()),
                orEmpty(description.cause()),
                orEmpty(description.output()),
                execution.history().stream().map(RunEvent::of).toList(),
                bucket.report(execution.runId()).orElse(MissingNode.getInstance()),
                bucket.manifest().orElse(MissingNode.getInstance()),
                cost);
    }

    public String id() {
        return executionArn.substring(executionArn.lastIndexOf(':') + 1);
    }

    /** The name of the state machine. */
    public String pipeline() {
        var parts = executionArn.split(":");
        return parts[parts.length - 2];
    }

    public Duration duration() {
        return Duration.between(started, stopped);
    }

    public boolean isRunning() {
        return status.equals("RUNNING") || status.equals("PENDING_REDRIVE");
    }

    public boolean succeeded() {
        return status.equals("SUCCEEDED");
    }

    public Visits.Found visits() {
        return Visits.of(this);
    }

    /** The failure, if the run did not succeed. */
    public Optional<RunFailureText> failure() {
        return isRunning() || succeeded() ? Optional.empty() : Optional.of(RunFailureText.of(status, error, cause));
    }

    /** Whether this run is the current run. */
    public boolean isCurrent() {
        return manifest.path("run_id").asText().equals(id());
    }

    public boolean somethingIsPublished() {
        return manifest.hasNonNull("run_id");
    }

    /** Whether this execution wrote the manifest, including a rollback to an earlier run. */
    public boolean publishedByThisRun() {
        return manifest.path("execution").asText().equals(executionArn) || !manifest.has("execution") && isCurrent();
    }

    /** Whether the execution claimed the publication but neither committed nor restored. */
    public boolean leftItsClaim() {
        return !status.equals("RUNNING")
                && manifest.at("/publishing/execution").asText().equals(executionArn);
    }

    /** The output of a successful run; otherwise a missing node. */
    public JsonNode result() {
        try {
            return succeeded() ? new ObjectMapper().readTree(output) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
