package dataprep.cli.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * The logs of the local AWS: a file for each invocation of the function, and the job's log groups.
 *
 * @param folder with a folder for each function and job, and the log groups
 */
public record LogFiles(Path folder, String function, CloudWatchLogs cloudWatch) implements RunLogs {

    @Override
    public List<Stream> ofFunction(String runId, List<HistoryEvent> history) throws IOException {
        return streams(function).stream()
                .filter(stream -> RunLogs.isOf(runId, stream.lines()))
                .toList();
    }

    @Override
    public List<Stream> ofJob(List<HistoryEvent> history) {
        return cloudWatch.ofJob(history);
    }

    @Override
    public String place() {
        return folder.toString();
    }

    private List<Stream> streams(String of) throws IOException {
        var files = folder.resolve(of);
        if (!Files.isDirectory(files)) {
            return List.of();
        }
        var streams = new ArrayList<Stream>();
        try (var paths = Files.list(files)) {
            for (var file : paths.sorted().toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                streams.add(new Stream(
                        file.getFileName().toString().replaceFirst("\\.log$", ""),
                        text.lines().toList()));
            }
        }
        return streams;
    }
}
