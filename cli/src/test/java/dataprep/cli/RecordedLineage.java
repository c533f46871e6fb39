package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.lake.LakePaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The OpenLineage events of a stack's only data set; each is checked by the classes of OpenLineage's client. */
record RecordedLineage(StackOnLocalAws stack, Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PYTHON = Path.of(".cache", "python", "bin", "python");
    private static final Path CHECK = Path.of("lambda", "tests", "openlineage_events.py");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** The valid event of this type of a run, which is recorded some time after the run's change of status. */
    JsonNode event(String run, String type) throws IOException, InterruptedException {
        var text = object("%srun_id=%s/%s.json".formatted(LakePaths.ROOT.lineage(), run, type));
        var file = Files.writeString(folder.resolve("event.json"), text);
        var check = new ProcessBuilder(PYTHON.toString(), CHECK.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        var problems = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, check.waitFor(), problems);
        return JSON.readTree(text);
    }

    private String object(String key) throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                return stack.object(key);
            } catch (NoSuchKeyException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }
}
