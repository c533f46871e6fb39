package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.local.LocalAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Runs the documents' commands exactly as written, in an environment whose proxies do not work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedCommandsIT {
    private static final Path STATE = Path.of("target", "typed-commands-it");
    private static final String UNREACHABLE = "http://127.0.0.1:9";

    @AfterAll
    void stopLocalAws() throws IOException {
        LocalAws.stop(STATE);
    }

    @Test
    void eachEndsWell() throws Exception {
        for (var command : DocumentedCommands.RUN) {
            var process = shell(command);
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), command + "\n" + output);
            if (command.startsWith("make cost")) {
                assertTrue(
                        Files.readString(Path.of("docs", "cost.md")).contains(output),
                        "docs/cost.md is not\n" + output);
            }
        }
    }

    /** Removes the variables that an outer make passes to an inner one. */
    private static Process shell(String command) throws IOException {
        var log = STATE.resolveSibling("typed-commands-it.log").toFile();
        var shell = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .redirectInput(Path.of("/dev/null").toFile());
        shell.environment().keySet().removeIf(name -> name.startsWith("MAKE"));
        shell.environment().put("STATE", STATE.toString());
        shell.environment().keySet().removeIf(name -> name.equalsIgnoreCase("no_proxy"));
        for (var name : List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")) {
            shell.environment().put(name, UNREACHABLE);
            shell.environment().put(name.toLowerCase(Locale.ROOT), UNREACHABLE);
        }
        return shell.start();
    }
}
