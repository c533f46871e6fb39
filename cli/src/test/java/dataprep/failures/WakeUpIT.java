package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** After the last of any number of new objects, a run publishes it, whichever runs are in progress. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WakeUpIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "samples/airlines.csv";
    /** Starts a run like EventBridge for a new object. */
    private static final String NEW_OBJECT = "{\"force\": false}";

    private static final int BURST = 500;
    private static final double HELD_SECONDS = 60;

    private LocalPipeline pipeline;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.shared();
    }

    @Test
    void theLastObjectOfABurstIsPublishedWithoutAMessage() throws Exception {
        var original = pipeline.data.text(SOURCE);
        pipeline.messages();
        // a waiting execution polls every few seconds only
        pipeline.aws.realWaits();
        try {
            var executions = new ArrayList<String>();
            for (int i = 1; i <= BURST; i++) {
                pipeline.data.write(SOURCE, original + "Z%d,Airline %d\n".formatted(i, i));
                executions.add(pipeline.start(UUID.randomUUID().toString(), NEW_OBJECT));
            }
            var coalesced = 0;
            for (var execution : executions) {
                var end = pipeline.end(execution);
                assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.error() + ": " + end.cause());
                coalesced += JSON.readTree(end.output()).has("coalesced_into") ? 1 : 0;
            }
            assertPublishedUnchanged();
            assertEquals(List.of(), pipeline.messages());
            assertTrue(coalesced > BURST / 2, coalesced + " of " + BURST + " executions ended as coalesced");
        } finally {
            pipeline.data.write(SOURCE, original);
        }
    }

    @Test
    void aRunWaitsForTheRunningOneAndAFurtherOneCoalesces() throws Exception {
        var held = Map.<String, Object>of(
                "service", "glue", "operation", "UpdateTable", "times", 1, "latency_seconds", HELD_SECONDS);
        pipeline.aws.faults(List.of(held), Map.of());
        var atWork = pipeline.start();
        await(atWork, "PointTable");
        var waiting = pipeline.start(UUID.randomUUID().toString(), NEW_OBJECT);
        await(waiting, "AwaitTurn");
        var further = pipeline.end(pipeline.start(UUID.randomUUID().toString(), NEW_OBJECT));
        assertEquals(
                waiting, JSON.readTree(further.output()).path("coalesced_into").asText());
        assertEquals(ExecutionStatus.RUNNING, status(waiting));
        pipeline.aws.endFaults();
        assertSucceeded(pipeline.end(atWork));
        assertSucceeded(pipeline.end(waiting));
        assertTrue(pipeline.history(waiting).visited().contains("ExtractData"), "it has read the sources");
        assertPublishedUnchanged();
    }

    private static void assertSucceeded(DescribeExecutionResponse end) {
        assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.error() + ": " + end.cause());
    }

    /** The published data set is from the current source. */
    private void assertPublishedUnchanged() throws Exception {
        var taken =
                JSON.readTree(pipeline.data.manifest()).at("/sources/0/etag").asText();
        assertEquals(pipeline.data.etag(SOURCE), taken);
        pipeline.data.assertWhole(pipeline.data.publishedRun());
    }

    private ExecutionStatus status(String execution) {
        return pipeline.aws
                .stepFunctions
                .describeExecution(request -> request.executionArn(execution))
                .status();
    }

    private void await(String execution, String state) throws Exception {
        while (!pipeline.history(execution).visited().contains(state)) {
            assertEquals(ExecutionStatus.RUNNING, status(execution), "it never reached " + state);
            Thread.sleep(20);
        }
    }
}
