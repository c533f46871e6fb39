package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.changes.ChangeComment;
import dataprep.cli.stack.EphemeralStack;
import dataprep.workflow.DataPreparationWorkflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploys the base of a change with `pulumi` and previews this revision against it. */
class PreviewIT {
    private static final Set<String> NOT_SOURCES = Set.of(".git", ".cache", ".local", "target");

    @TempDir
    private Path base;

    @Test
    void aBaseWithOtherSettingsDiffersInResourcesStatesAndCost() throws Exception {
        copy(Path.of(""), base);
        var settings = Path.of("Pulumi.prod.yaml");
        var before = Files.readString(settings);
        Files.writeString(
                base.resolve(settings),
                before.replaceFirst("(workers): \\d+", "$1: 20") + "  extractTimeoutSeconds: 30\n");
        String comment;
        try (var temporaryStack = EphemeralStack.of("prod")) {
            temporaryStack.deploy(base);
            var preview = temporaryStack.preview();
            var up = temporaryStack.up();
            comment = ChangeComment.of(
                    "prod",
                    "a copy",
                    preview,
                    up,
                    DataPreparationWorkflow.withPlaceholders().toMermaid());
            assertEquals(List.of(), temporaryStack.preview().changes());
        }
        assertTrue(comment.contains("0 to create, 5 to update, 0 to replace, 0 to delete"), comment);
        assertTrue(comment.contains("`numberOfWorkers`: `20` → `10`"), comment);
        assertTrue(comment.contains("`timeout`: `30` → `900`"), comment);
        assertTrue(
                comment.contains("| ~ | `ExtractData / ExtractSource` | `TimeoutSeconds`: `150` → `1020` |"), comment);
        assertTrue(comment.contains("No policy changes."), comment);
        assertTrue(comment.contains("| −$"), comment);
        assertEquals(before, Files.readString(settings), "the stack's own file has not changed");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var entries = Files.list(from.toAbsolutePath())) {
            for (var entry : entries.filter(
                            e -> !NOT_SOURCES.contains(e.getFileName().toString()))
                    .toList()) {
                try (var files = Files.walk(entry)) {
                    for (var file : files.toList()) {
                        Files.copy(
                                file,
                                to.resolve(
                                        from.toAbsolutePath().relativize(file).toString()));
                    }
                }
            }
        }
    }
}
