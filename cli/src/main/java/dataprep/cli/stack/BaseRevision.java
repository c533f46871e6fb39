package dataprep.cli.stack;

import dataprep.cli.exit.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The base revision of a comparison, checked out in a temporary folder until it is closed. */
public final class BaseRevision implements AutoCloseable {
    private final Path repository;
    private final String commit;
    private final Path folder;

    private BaseRevision(Path repository, String commit, Path folder) {
        this.repository = repository;
        this.commit = commit;
        this.folder = folder;
    }

    /**
     * @param revision a Git revision
     * @throws CommandFailure if Git does not know the revision
     */
    public static BaseRevision of(Path repository, String revision) throws IOException {
        // treats the argument as a revision, not as an option
        var commit = git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        if (commit.isEmpty()) {
            throw CommandFailure.usage("--base: invalid value '%s'; must be a Git revision".formatted(revision));
        }
        var parent = Files.createTempDirectory("dataprep-base-");
        var folder = parent.resolve("base");
        git(repository, "worktree", "add", "--detach", folder.toString(), commit);
        return new BaseRevision(repository, commit, folder);
    }

    public Path folder() {
        return folder;
    }

    public String shortCommit() {
        return commit.substring(0, 10);
    }

    @Override
    public void close() throws IOException {
        git(repository, "worktree", "remove", "--force", folder.toString());
        Files.deleteIfExists(folder.getParent());
    }

    private static String git(Path repository, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.onExit().join();
        return output.strip();
    }
}
