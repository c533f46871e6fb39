package dataprep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.local.LocalAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that reads a table until it is closed, and what each read gave: {reader, metadata_location, rows}. */
final class TableReaders {
    private static final Path PROGRAM = Path.of("cli/src/test/resources/dataprep/cli/table_readers.py");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final List<JsonNode> reads = new ArrayList<>();
    private final Thread collector;

    private TableReaders(Process process) {
        this.process = process;
        this.collector = new Thread(this::collect);
    }

    /** Returns when the readers are ready. */
    static TableReaders start(LocalAws.Endpoint endpoint, String table, String readers, Path folder) throws Exception {
        var names = table.split("\\.");
        Files.createDirectories(folder);
        var builder = new ProcessBuilder(
                Path.of(".cache/python/bin/python").toAbsolutePath().toString(),
                PROGRAM.toAbsolutePath().toString(),
                endpoint.aws().toString(),
                endpoint.region(),
                names[0],
                names[1],
                readers,
                Files.createTempDirectory(folder.toAbsolutePath(), "readers").toString());
        builder.environment().put("AWS_ACCESS_KEY_ID", endpoint.accessKeyId());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", endpoint.secretAccessKey());
        builder.environment().put("NO_PROXY", "*");
        builder.redirectError(folder.resolve(readers + ".log").toFile());
        var started = new TableReaders(builder.start());
        started.collector.start();
        while (started.count() == 0 && started.process.isAlive()) {
            Thread.sleep(50);
        }
        return started;
    }

    private void collect() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (reads) {
                    reads.add(JSON.readTree(line));
                }
            }
        } catch (IOException e) {
            // the process was stopped
        }
    }

    /** The number of reads so far, and one when the readers are ready. */
    int count() {
        synchronized (reads) {
            return reads.size();
        }
    }

    /** Waits for some more reads. */
    void await(int more) throws InterruptedException {
        var wanted = count() + more;
        while (count() < wanted && process.isAlive()) {
            Thread.sleep(50);
        }
    }

    /** Stops the process; returns all reads. */
    List<JsonNode> close() throws Exception {
        process.getOutputStream().close();
        process.waitFor();
        collector.join();
        return reads.stream().filter(read -> read.has("reader")).toList();
    }
}
