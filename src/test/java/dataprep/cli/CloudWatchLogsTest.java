package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CloudWatchLogsTest {
    @Test
    void aStreamIsCutIntoItsInvocations() {
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
