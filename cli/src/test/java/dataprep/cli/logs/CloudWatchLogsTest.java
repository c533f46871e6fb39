package dataprep.cli.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatchlogs.paginators.FilterLogEventsIterable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class CloudWatchLogsTest {
    private static final String PREFIX = "/aws-glue/jobs/data-preparation-dev/transformation";
    private static final List<HistoryEvent> HISTORY = List.of(
            HistoryEvent.builder().timestamp(Instant.EPOCH).build(),
            HistoryEvent.builder()
                    .timestamp(Instant.EPOCH.plusSeconds(60))
                    .taskSucceededEventDetails(task -> task.resourceType("glue")
                            .output("{\"Id\": \"jr_1\", \"JobRunState\": \"SUCCEEDED\", \"WorkerType\": \"G.1X\"}"))
                    .build());

    @Test
    void theJobsLinesAreThoseOfItsRunInBothGroups() {
        var groups = Map.of(
                PREFIX + "/output", List.of(event("jr_1-driver", "rows"), event("jr_2-driver", "another run's")),
                PREFIX + "/error", List.of(event("jr_1-driver", "WARN"), event("jr_1-1", "executor")));
        assertEquals(
                List.of(
                        new RunLogs.Stream("output/jr_1-driver", List.of("rows")),
                        new RunLogs.Stream("error/jr_1-driver", List.of("WARN")),
                        new RunLogs.Stream("error/jr_1-1", List.of("executor"))),
                logs(groups).ofJob(HISTORY));
    }

    @Test
    void aMissingLogGroupHasNoLines() {
        assertEquals(List.of(), logs(Map.of()).ofJob(HISTORY));
    }

    private static CloudWatchLogs logs(Map<String, List<FilteredLogEvent>> groups) {
        var client = mock(CloudWatchLogsClient.class);
        when(client.filterLogEvents(any(FilterLogEventsRequest.class))).thenAnswer(call -> {
            var events =
                    groups.get(call.getArgument(0, FilterLogEventsRequest.class).logGroupName());
            if (events == null) {
                throw ResourceNotFoundException.builder().build();
            }
            return FilterLogEventsResponse.builder().events(events).build();
        });
        when(client.filterLogEventsPaginator(any(FilterLogEventsRequest.class)))
                .thenAnswer(call -> new FilterLogEventsIterable(client, call.getArgument(0)));
        return CloudWatchLogs.of(client, "data-preparation-dev");
    }

    private static FilteredLogEvent event(String stream, String message) {
        return FilteredLogEvent.builder().logStreamName(stream).message(message).build();
    }

    @Test
    void aStreamIsSplitIntoInvocations() {
        var stream = new RunLogs.Stream(
                "s", List.of("INIT_START", "START RequestId: a", "one", "START RequestId: b", "two", "REPORT"));
        assertEquals(
                List.of(
                        List.of("INIT_START"),
                        List.of("START RequestId: a", "one"),
                        List.of("START RequestId: b", "two", "REPORT")),
                CloudWatchLogs.invocations(stream).stream()
                        .map(RunLogs.Stream::lines)
                        .toList());
    }
}
