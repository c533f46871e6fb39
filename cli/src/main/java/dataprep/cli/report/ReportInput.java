package dataprep.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.cli.cost.Cost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * All that is known of one run, as AWS tells it; what is not there, or not yet, is an empty text or a missing node.
 *
 * @param status of the execution: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE
 * @param stopped when the execution ended, or when these facts were read
 * @param output of the execution, JSON
 * @param definition of the state machine that the execution follows, JSON
 * @param quality the run's quality report
 * @param cost of what the run has used, at public prices
 * @param manifest of what is published now, by whichever run
 * @param objects that are published now, the first of them: {uri, bytes, etag, version_id}
 */
public record ReportInput(
        String executionArn,
        String status,
        Instant started,
        Instant stopped,
        String error,
        String cause,
        String output,
        JsonNode definition,
        List<RunEvent> events,
        JsonNode quality,
        JsonNode manifest,
        List<JsonNode> objects,
        Quarantine quarantine,
        Cost cost) {

    /** @throws IOException if what the run wrote cannot be read */
    public static ReportInput read(
            SfnClient stepFunctions, S3Client s3, String executionArn, String dataBucket, Cost cost)
            throws IOException {
        return new FactsReader(stepFunctions, s3, dataBucket).read(executionArn, cost);
    }

    String runId() {
        return executionArn.substring(executionArn.lastIndexOf(':') + 1);
    }

    /** The name of the state machine. */
    String pipeline() {
        var parts = executionArn.split(":");
        return parts[parts.length - 2];
    }

    Duration duration() {
        return Duration.between(started, stopped);
    }

    boolean succeeded() {
        return status.equals("SUCCEEDED");
    }

    boolean somethingIsPublished() {
        return manifest.hasNonNull("run_id");
    }

    /** Whether this execution wrote the manifest, be it for a run of before. */
    boolean publishedByThisRun() {
        return manifest.path("execution").asText().equals(executionArn)
                || !manifest.has("execution")
                        && manifest.path("run_id").asText().equals(runId());
    }

    /** Whether it began to publish and neither ended that nor took it back. */
    boolean leftItsClaim() {
        return !status.equals("RUNNING")
                && manifest.at("/publishing/execution").asText().equals(executionArn);
    }

    /** The output of a run that succeeded; a missing node of any other. */
    JsonNode result() {
        try {
            return succeeded() ? new ObjectMapper().readTree(output) : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
