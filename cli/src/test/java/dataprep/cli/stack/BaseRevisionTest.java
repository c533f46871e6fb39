package dataprep.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dataprep.cli.exit.CommandFailure;
import dataprep.cli.exit.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseRevisionTest {
    @TempDir
    private Path repository;

    @BeforeEach
    void twoCommits() throws Exception {
        git("init", "-q", "-b", "main");
        for (var text : List.of("first", "second")) {
            Files.writeString(repository.resolve("file"), text);
            git("add", "file");
            git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", text);
        }
    }

    @Test
    void theRevisionIsCheckedOutBesideTheProjectAndRemoved() throws IOException {
        Path folder;
        try (var base = BaseRevision.of(repository, "main~1")) {
            folder = base.folder();
            assertEquals("first", Files.readString(folder.resolve("file")));
            assertEquals(10, base.shortCommit().length());
        }
        assertFalse(Files.exists(folder));
        assertEquals("second", Files.readString(repository.resolve("file")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-branch", "--help", "", "main; true"})
    void anUnknownRevisionIsRejected(String revision) {
        var failure = assertThrows(CommandFailure.class, () -> BaseRevision.of(repository, revision));
        assertEquals("--base: invalid value '%s'; must be a Git revision".formatted(revision), failure.getMessage());
        assertEquals(ExitCodes.USAGE, failure.exitCode());
    }

    private void git(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        assertEquals(0, new ProcessBuilder(command).start().waitFor(), () -> String.join(" ", command));
    }
}
