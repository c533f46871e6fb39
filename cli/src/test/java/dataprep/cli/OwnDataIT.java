package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.local.LocalAws;
import dataprep.cli.stack.PulumiStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/your-own-data.md in order, in a project created from this repository by `pulumi new`. */
class OwnDataIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String NEW_PROJECT = "my-orders";

    private record Ended(int code, String output) {}

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void aNewProjectPreviewsAndPublishesItsOwnData() throws Exception {
        var template = copyOfThisRepository();
        var steps = DocumentedCommands.blocksWithoutAccount(DocumentedCommands.TUTORIAL);
        // the tools are already built, Pulumi unless it is installed; make compares the files' times
        var script = "set -eu\n" + steps.get(0) + "ln -s '%s/.cache' .cache\n".formatted(ROOT)
                + "touch .cache/*.done .cache/spark-jars/classes.jsa\n"
                + "if [ -d .cache/bin ]; then touch .cache/bin/*; fi\n";
        assertEquals(
                0,
                run(folder, Map.of("TEMPLATE", template.toString()), "bash", "-c", script)
                        .code());

        var project = folder.resolve(NEW_PROJECT);
        previews(project);
        var rest = "set -eu\n" + String.join("", steps.subList(1, steps.size()));
        var ended = run(project, Map.of(), "bash", "-c", rest);
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.output().matches("(?s).*\\bok +\\S*orders-first-rows.*"), ended.output());
        assertTrue(ended.output().contains("Rows: 5 in, 4 out, 1 quarantined"), ended.output());
    }

    private void previews(Path project) throws Exception {
        var state = folder.resolve("state");
        try (var aws = LocalAws.start(state)) {
            var environment = PulumiStacks.environment(state, aws.endpoint());
            assertEquals(
                    0,
                    run(project, environment, "pulumi", "stack", "init", PulumiStacks.LOCAL)
                            .code());
            var preview = run(project, environment, "pulumi", "preview", "--stack", PulumiStacks.LOCAL);
            assertEquals(0, preview.code(), preview.output());
            assertTrue(preview.output().contains(NEW_PROJECT + "-" + PulumiStacks.LOCAL), preview.output());
        }
    }

    /** The tracked files of this checkout with their current contents. */
    private Path copyOfThisRepository() throws Exception {
        var copy = folder.resolve("template");
        var listed = run(ROOT, Map.of(), "git", "ls-files", "--cached", "--others", "--exclude-standard");
        for (var name : listed.output().lines().toList()) {
            var file = ROOT.resolve(name);
            if (Files.isRegularFile(file)) {
                Files.createDirectories(copy.resolve(name).getParent());
                Files.copy(file, copy.resolve(name));
            }
        }
        return copy;
    }

    private static Ended run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes());
        return new Ended(process.waitFor(), output);
    }
}
