package dataprep.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.exit.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommentCommandTest {
    @TempDir
    private Path folder;

    @Test
    void eachFileIsASectionOfItsName() throws IOException {
        Files.writeString(folder.resolve("prod.md"), "local");
        Files.writeString(folder.resolve("prod-deployed.md"), "deployed");
        assertEquals(Map.of("prod", "local", "prod-deployed", "deployed"), CommentCommand.sections(folder));
    }

    @Test
    void withoutAPreviewThereIsNothingToPost() throws IOException {
        assertEquals(Map.of(), CommentCommand.sections(folder));
        assertEquals(Map.of(), CommentCommand.sections(folder.resolve("none")));
    }

    @Test
    void moreFilesThanPreviewsAreRejected() throws IOException {
        for (var name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name), name);
        }
        var refusal = assertThrows(CommandFailure.class, () -> CommentCommand.sections(folder));
        assertTrue(refusal.getMessage().endsWith("must be at most 2"), refusal.getMessage());
    }

    @Test
    void aFileLargerThanACommentIsRejected() throws IOException {
        Files.writeString(folder.resolve("a"), "x".repeat(262_145));
        var refusal = assertThrows(CommandFailure.class, () -> CommentCommand.sections(folder));
        assertEquals("a: invalid size 262,145 bytes; must be at most 262,144", refusal.getMessage());
    }

    @Test
    void symbolicLinksAreNotFollowed() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "secret");
        var comments = Files.createDirectory(folder.resolve("comments"));
        Files.createSymbolicLink(comments.resolve("a"), secret);
        assertEquals(Map.of(), CommentCommand.sections(comments));
    }
}
