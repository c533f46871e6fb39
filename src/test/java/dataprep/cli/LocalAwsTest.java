package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAwsTest {
    @Test
    void aFolderThatHoldsAnythingElseIsLeftAsItIs(@TempDir Path folder) throws Exception {
        var thesis = Files.writeString(folder.resolve("thesis.txt"), "years of work");
        var log = Files.createDirectory(folder.resolve("log"));
        var refusal = assertThrows(IOException.class, () -> LocalAws.start(folder));
        assertTrue(refusal.getMessage().contains("it holds thesis.txt"), refusal.getMessage());
        assertEquals("years of work", Files.readString(thesis));
        assertTrue(Files.exists(log));
    }
}
