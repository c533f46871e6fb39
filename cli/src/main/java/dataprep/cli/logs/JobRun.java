package dataprep.cli.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.pricing.Workers;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * A Glue job run, as its execution's history reports it.
 *
 * @param dpuSeconds measured by auto scaling; otherwise all workers for the whole duration
 * @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_JobRun.html">JobRun</a>
 */
public record JobRun(String id, Workers workers, double seconds, double dpuSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE = "glue";

    /** All job runs in the history, including failed attempts. */
    public static List<JobRun> of(List<HistoryEvent> history) {
        return history.stream()
                .map(JobRun::described)
                .flatMap(Optional::stream)
                .map(JobRun::of)
                .toList();
    }

    private static Optional<JsonNode> described(HistoryEvent event) {
        var success = event.taskSucceededEventDetails();
        if (success != null && SERVICE.equals(success.resourceType())) {
            return parsed(success.output());
        }
        var failure = event.taskFailedEventDetails();
        return failure != null && SERVICE.equals(failure.resourceType()) ? parsed(failure.cause()) : Optional.empty();
    }

    /** A cause that is not a job run's JSON belongs to a job run that never started. */
    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.ofNullable(text).isEmpty()
                    ? Optional.empty()
                    : Optional.of(JSON.readTree(text)).filter(node -> node.has("JobRunState"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static JobRun of(JsonNode run) {
        var workers = new Workers(
                run.path("GlueVersion").asText(),
                run.path("WorkerType").asText(),
                run.path("NumberOfWorkers").asInt(),
                run.path("ExecutionClass").asText().equals("FLEX"));
        var seconds = run.path("ExecutionTime").asDouble();
        return new JobRun(
                run.path("Id").asText(),
                workers,
                seconds,
                run.path("DPUSeconds").asDouble(seconds * workers.dpus()));
    }
}
