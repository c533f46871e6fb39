package dataprep.cli.logs;

import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The store of the output of functions and jobs. */
public interface RunLogs {

    /** One stream of lines: an invocation of the function, or a run of the job. */
    record Stream(String name, List<String> lines) {}

    /** The function's output for a run, by invocation. */
    List<Stream> ofFunction(String runId, List<HistoryEvent> history) throws IOException;

    /** The job's output for a run. */
    List<Stream> ofJob(List<HistoryEvent> history) throws IOException;

    /** The place of the logs, for the user. */
    String place();

    /** Whether an invocation belongs to a run, by its first line; other lines may refer to copies of earlier runs. */
    static boolean isOf(String runId, List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains("\"run_id\": \"%s\"".formatted(runId)));
    }
}
