package dataprep.cli.logs;

import dataprep.settings.LogGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The log groups of a cloud stack's function and job. */
public record CloudWatchLogs(CloudWatchLogsClient client, String functionGroup, List<String> jobGroups)
        implements RunLogs {
    /** Lines may reach CloudWatch after the execution has ended. */
    private static final Duration LATE = Duration.ofMinutes(5);

    /**
     * @param stack the full name: project and stack
     */
    public static CloudWatchLogs of(CloudWatchLogsClient client, String stack) {
        var groups = new LogGroups(stack);
        return new CloudWatchLogs(client, groups.function(), List.of(groups.jobOutput(), groups.jobErrors()));
    }

    /** A log stream of a function contains consecutive invocations of any runs. */
    @Override
    public List<Stream> ofFunction(String runId, List<HistoryEvent> history) {
        return streams(functionGroup, history, name -> true).stream()
                .flatMap(stream -> invocations(stream).stream())
                .filter(invocation -> RunLogs.isOf(runId, invocation.lines()))
                .toList();
    }

    /** The streams of a job run are named after it, in both log groups. */
    @Override
    public List<Stream> ofJob(List<HistoryEvent> history) {
        var runs = JobRun.of(history);
        var streams = new ArrayList<Stream>();
        for (var group : jobGroups) {
            var kind = group.substring(group.lastIndexOf('/') + 1);
            streams(group, history, name -> runs.stream().anyMatch(run -> name.startsWith(run.id()))).stream()
                    .map(stream -> new Stream(kind + "/" + stream.name(), stream.lines()))
                    .forEach(streams::add);
        }
        return streams;
    }

    @Override
    public String place() {
        return "CloudWatch Logs, %s, %s".formatted(functionGroup, String.join(", ", jobGroups));
    }

    static List<Stream> invocations(Stream stream) {
        var invocations = new ArrayList<Stream>();
        var lines = new ArrayList<String>();
        for (var line : stream.lines()) {
            if (line.startsWith("START RequestId:") && !lines.isEmpty()) {
                invocations.add(new Stream(stream.name(), List.copyOf(lines)));
                lines.clear();
            }
            lines.add(line);
        }
        invocations.add(new Stream(stream.name(), List.copyOf(lines)));
        return invocations;
    }

    private List<Stream> streams(String group, List<HistoryEvent> history, Predicate<String> condition) {
        var request = FilterLogEventsRequest.builder()
                .logGroupName(group)
                .startTime(history.get(0).timestamp().toEpochMilli())
                .endTime(history.get(history.size() - 1).timestamp().plus(LATE).toEpochMilli())
                .build();
        var lines = new LinkedHashMap<String, List<String>>();
        try {
            client.filterLogEventsPaginator(request).events().stream()
                    .filter(event -> condition.test(event.logStreamName()))
                    .forEach(event -> lines.computeIfAbsent(event.logStreamName(), name -> new ArrayList<>())
                            .add(event.message().stripTrailing()));
        } catch (ResourceNotFoundException e) {
            // the log group was deleted together with its logs
            return List.of();
        }
        return lines.entrySet().stream()
                .map(entry -> new Stream(entry.getKey(), entry.getValue()))
                .toList();
    }
}
