package dataprep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dataprep.cli.logs.RunLogs;
import dataprep.pricing.Workers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class RunUsageTest {
    private static final String RUN = """
            {"Id": "jr_1", "JobRunState": "%s", "GlueVersion": "6.0", "WorkerType": "G.2X", "NumberOfWorkers": 3,
             "ExecutionTime": 100%s}""";

    @Test
    void everyJobRunCountsThoseThatFailedToo() {
        var usage = RunUsage.of(
                List.of(
                        event(1).taskFailedEventDetails(
                                        details -> details.resourceType("glue").cause(RUN.formatted("FAILED", "")))
                                .build(),
                        event(2).taskSucceededEventDetails(details -> details.resourceType("glue")
                                        .output(RUN.formatted("SUCCEEDED", ", \"DPUSeconds\": 400")))
                                .build()),
                List.of());
        assertEquals(new Workers("6.0", "G.2X", 3, false), usage.workers());
        assertEquals(100 * 3 * 2 + 400, usage.glueDpuSeconds());
        assertEquals(200, usage.glueSeconds());
    }

    @Test
    void aJobThatWasNeverStartedCostsNothing() {
        var usage = RunUsage.of(
                List.of(event(1).taskFailedEventDetails(
                                details -> details.resourceType("glue").cause("Rate exceeded (Service: Glue)"))
                        .build()),
                List.of());
        assertNull(usage.workers());
        assertEquals(0, usage.glueDpuSeconds());
    }

    @Test
    void lambdaIsBilledAsItsReportSays() {
        var usage = RunUsage.of(
                List.of(event(1).build()),
                List.of(new RunLogs.Stream(
                        "s",
                        List.of(
                                "START RequestId: a Version: 1",
                                "REPORT RequestId: a\tDuration: 1999.01 ms\tBilled Duration: 2000 ms\tMemory Size: 512"
                                        + " MB\tMax Memory Used: 80 MB"))));
        assertEquals(1.0, usage.lambdaGigabyteSeconds());
        assertEquals(1, usage.lambdaRequests());
    }

    private static HistoryEvent.Builder event(long id) {
        return HistoryEvent.builder()
                .id(id)
                .previousEventId(id - 1)
                .type("TaskSucceeded")
                .timestamp(Instant.ofEpochMilli(id));
    }
}
