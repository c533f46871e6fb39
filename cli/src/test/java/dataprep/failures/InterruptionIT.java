package dataprep.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.local.LocalAws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Failures outside retriers and catchers: executions that are stopped or time out, and concurrent executions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptionIT {
    /** The maximum delay of a call, so that its execution can be found in the calling state. */
    private static final double HELD_SECONDS = 60;
    /** The timeout of an execution that is to time out. */
    private static final int SHORT_SECONDS = 3;
    /** The delay of a call that outlasts the execution: on the local AWS the execution ends with its call. */
    private static final double LONGER_SECONDS = 3.5;

    private LocalPipeline pipeline;
    private Situations situations;

    @BeforeAll
    void deploy() throws Exception {
        pipeline = LocalPipeline.shared();
        situations = pipeline.situations();
    }

    @TestFactory
    Stream<DynamicTest> anExecutionThatIsAbortedInAnyStateLeavesOneRunPublishedAndTheNextSucceeds() {
        return situations.matrix().rows().stream()
                .filter(FailureRow::isLate)
                .map(row -> DynamicTest.dynamicTest(row.state(), () -> {
                    var execution = startHeldIn(row);
                    pipeline.aws.stepFunctions.stopExecution(request -> request.executionArn(execution));
                    pipeline.aws.endFaults();
                    assertEnded(ExecutionStatus.ABORTED, execution, row.state());
                }));
    }

    @TestFactory
    Stream<DynamicTest> anExecutionThatIsOutOfTimeLeavesOneRunPublishedAndTheNextSucceeds() {
        return situations.matrix().rows().stream()
                .filter(row -> row.isLate() && situations.visited().contains(row.state()))
                .map(row -> DynamicTest.dynamicTest(row.state(), () -> {
                    pipeline.aws.faults(List.of(held(row, LONGER_SECONDS)), Map.of());
                    var definition = pipeline.machine.definition();
                    pipeline.machine.define(
                            definition.replaceFirst("\"TimeoutSeconds\":\\d+", "\"TimeoutSeconds\":" + SHORT_SECONDS));
                    var execution = pipeline.start();
                    pipeline.machine.define(definition);
                    assertEnded(ExecutionStatus.TIMED_OUT, execution, row.state());
                }));
    }

    /** Failures that no state catches: the workflow cannot send their message. */
    @Test
    void aFailureThatNoStateCatchesReachesTheTopic() throws Exception {
        pipeline.aws.noFaults();
        pipeline.messages();
        var definition = pipeline.machine.definition();
        pipeline.machine.define(
                definition.replaceFirst("\\$exists\\(\\$published.publishing\\[.*?\\]\\)", "'no boolean'"));
        var end = pipeline.end(pipeline.start());
        pipeline.machine.define(definition);
        assertEquals(ExecutionStatus.FAILED, end.status());
        var messages = pipeline.messages(1);
        assertEquals(1, messages.size(), messages.toString());
        assertTrue(messages.get(0).contains("Run: " + end.name()), messages.get(0));
        assertTrue(messages.get(0).contains("FAILED (" + end.error() + ")"), messages.get(0));
    }

    @Test
    void theSameExecutionStartedTwiceRunsOnce() throws Exception {
        var name = UUID.randomUUID().toString();
        var first = pipeline.start(name);
        assertEquals(first, pipeline.start(name));
        assertEquals(ExecutionStatus.SUCCEEDED, pipeline.end(first).status());
        assertEquals(name, pipeline.data.publishedRun());
        assertThrows(ExecutionAlreadyExistsException.class, () -> pipeline.start(name));
    }

    @Test
    void aDeployDuringARunLeavesTheRunItsDefinition() throws Exception {
        pipeline.aws.faults(
                List.of(Map.of(
                        "service",
                        "glue",
                        "operation",
                        "UpdateTable",
                        "state",
                        "PointTable",
                        "times",
                        1,
                        "latency_seconds",
                        HELD_SECONDS)),
                Map.of());
        var execution = pipeline.start();
        await(execution, "PointTable");
        pipeline.deploy(LocalPipeline.settings(Map.of("extractTimeoutSeconds", "77")));
        try {
            pipeline.aws.endFaults();
            assertEquals(ExecutionStatus.SUCCEEDED, pipeline.end(execution).status());
            assertEquals(pipeline.end(execution).name(), pipeline.data.publishedRun());
            pipeline.data.assertWhole(pipeline.data.publishedRun());
            assertTrue(pipeline.machine.definition().contains("\"TimeoutSeconds\":197"), pipeline.machine.definition());
            assertTrue(!pipeline.machine.definitionOf(execution).contains("\"TimeoutSeconds\":197"), "its own");
        } finally {
            pipeline.aws.noFaults();
            pipeline.deploy(LocalPipeline.settings(Map.of()));
        }
    }

    @Test
    void aKilledLocalAwsDoesNotBreakTheNextOne() throws Exception {
        var state = Path.of("target", "killed-it");
        var killed = LocalAws.start(state);
        ProcessHandle.of(killed.endpoint().pid()).orElseThrow().destroyForcibly();
        try (var next = LocalAws.start(state);
                var aws = new Aws(next.endpoint())) {
            assertEquals(List.of(), aws.s3.listBuckets().buckets());
        }
    }

    private String startHeldIn(FailureRow row) throws Exception {
        var runId = UUID.randomUUID().toString();
        var faults = new ArrayList<Map<String, Object>>();
        faults.add(held(row, HELD_SECONDS));
        faults.addAll(situations.leadingTo(row.task(), runId));
        pipeline.aws.faults(faults, Map.of());
        var execution = pipeline.start(runId, situations.input(row.task()));
        await(execution, row.state());
        return execution;
    }

    /** The call is delayed and then never made: other tests cover calls in flight. */
    private static Map<String, Object> held(FailureRow row, double seconds) {
        var fault = new HashMap<>(row.injection());
        fault.put("latency_seconds", seconds);
        fault.put("cut", "before");
        return fault;
    }

    private void await(String execution, String state) throws Exception {
        while (!pipeline.history(execution).visited().contains(state)) {
            assertEquals(
                    ExecutionStatus.RUNNING,
                    pipeline.aws
                            .stepFunctions
                            .describeExecution(request -> request.executionArn(execution))
                            .status(),
                    "it never reached " + state);
            Thread.sleep(20);
        }
    }

    private void assertEnded(ExecutionStatus status, String execution, String state) throws Exception {
        assertEquals(status, pipeline.end(execution).status(), state);
        pipeline.aws.endFaults();
        pipeline.messages();
        var next = pipeline.run();
        assertEquals(ExecutionStatus.SUCCEEDED, next.status(), next.error() + ": " + next.cause());
        assertEquals(next.name(), pipeline.data.publishedRun());
        pipeline.forgetEarlierRuns();
        pipeline.data.assertWhole(pipeline.data.publishedRun());
    }
}
