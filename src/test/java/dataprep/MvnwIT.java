package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `mvnw` with the real Maven and Java, on a copy of the project with a one-class program. */
class MvnwIT {
    private static final List<String> RUN = List.of("--no-transfer-progress", "compile", "exec:java");
    private static final List<String> PACKAGES = List.of(
            "--no-transfer-progress",
            "compile",
            "exec:java",
            "-DmainClass=com.pulumi.bootstrap.internal.Main",
            "-DmainArgs=packages");

    private record Ended(int code, String output) {}

    @TempDir
    private Path project;

    private Path source;

    @BeforeEach
    void aProjectOfOneClass() throws IOException {
        Files.createDirectory(project.resolve(".mvn"));
        Files.createDirectories(project.resolve("tools/maven"));
        for (var file :
                List.of("mvnw", "pom.xml", ".mvn/jvm.config", "tools/maven/pom.xml", "tools/maven/launcher.sh")) {
            Files.copy(Path.of(file), project.resolve(file));
        }
        source = Files.createDirectories(project.resolve("src/main/java/dataprep"))
                .resolve("App.java");
        write("System.out.println(\"one\")");
    }

    @Test
    void theRequiredPluginsAreThoseThatMavenFinds() throws Exception {
        var found = call("mvn", PACKAGES);
        assertEquals(0, found.code(), found.output());
        var plugins = call("./mvnw", PACKAGES);
        assertTrue(plugins.output().contains("\"name\":\"aws\""), plugins.output());
        assertTrue(found.output().contains(plugins.output().strip()), found.output());
    }

    @Test
    void theProgramThatRunsIsTheCurrentSource() throws Exception {
        assertEquals(new Ended(0, "one\n"), call("./mvnw", RUN));
        assertEquals(new Ended(0, "one\n"), call("./mvnw", RUN));
        write("Missing.method()");
        var failed = call("./mvnw", RUN);
        assertNotEquals(0, failed.code());
        assertTrue(failed.output().contains("App.java:[5,9] cannot find symbol"), failed.output());
        write("System.out.println(\"two\")");
        assertEquals(new Ended(0, "two\n"), call("./mvnw", RUN));
    }

    private void write(String statement) throws IOException {
        Files.writeString(source, """
                package dataprep;

                class App {
                    public static void main(String[] args) {
                        %s;
                    }
                }
                """.formatted(statement));
    }

    /** The output of a command without the colours that some builds of Maven add even without a terminal. */
    private Ended call(String tool, List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of(tool));
        command.addAll(arguments);
        var output = new File(project.toFile(), "output.txt");
        var process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        var code = process.waitFor();
        var text = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        return new Ended(code, text.replaceAll("\033\\[[0-9;]*m", ""));
    }
}
