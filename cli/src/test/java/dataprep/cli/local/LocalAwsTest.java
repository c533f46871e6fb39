package dataprep.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAwsTest {
    @Test
    void aFolderWithOtherFilesIsNotChanged(@TempDir Path folder) throws Exception {
        var thesis = Files.writeString(folder.resolve("thesis.txt"), "years of work");
        var log = Files.createDirectory(folder.resolve("log"));
        var refusal = assertThrows(IOException.class, () -> LocalAws.start(folder));
        assertTrue(refusal.getMessage().contains("it contains thesis.txt"), refusal.getMessage());
        assertEquals("years of work", Files.readString(thesis));
        assertTrue(Files.exists(log));
    }

    @Test
    void theLocalAwsOfAnotherFolderIsNotStoppedThoughItHasTheNumberOfOurs(@TempDir Path ours, @TempDir Path others)
            throws Exception {
        for (var folder : List.of(others, ours)) {
            var options = List.of("-m", "local", "--state", folder.toRealPath().toString());
            var process = new ProcessBuilder(Stream.concat(Stream.of("sh", "-c", "read line"), options.stream())
                            .toList())
                    .start();
            Files.writeString(ours.resolve("endpoint.json"), "{\"pid\": %d}".formatted(process.pid()));
            assertEquals(folder == ours, LocalAws.running(ours).isPresent());
            assertEquals(folder == ours, LocalAws.stop(ours));
            assertEquals(folder == others, process.toHandle().isAlive());
            process.destroy();
        }
    }
}
