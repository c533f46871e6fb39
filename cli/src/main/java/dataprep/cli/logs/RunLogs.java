package dataprep.cli.logs;

import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Where what functions and jobs print is kept. */
public interface RunLogs {

    /** One stream of lines: an invocation of the function, or a run of the job. */
    record Stream(String name, List<String> lines) {}

    /** What the function printed for a run, each invocation by itself. */
    List<Stream> ofFunction(String runId, List<HistoryEvent> history) throws IOException;

    /** What the job printed for a run. */
    List<Stream> ofJob(List<HistoryEvent> history) throws IOException;

    /** Where a person finds all of it. */
    String place();

    /** Whether an invocation was for a run, which its first line says; others may speak of an earlier run's copies. */
    static boolean isOf(String runId, List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains("\"run_id\": \"%s\"".formatted(runId)));
    }
}
