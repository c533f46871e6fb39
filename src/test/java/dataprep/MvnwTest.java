package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The behavior of `mvnw` with fake Maven and Java: the program's classes are its sources. */
class MvnwTest {
    private static final List<String> RUN =
            List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "--no-transfer-progress", "compile", "exec:java");
    private static final List<String> PACKAGES = List.of(
            "-Dorg.slf4j.simpleLogger.logFile=System.err",
            "--no-transfer-progress",
            "compile",
            "exec:java",
            "-DmainClass=com.pulumi.bootstrap.internal.Main",
            "-DmainArgs=packages");

    /** Logs each call of Maven; a build fails if a source says so. */
    private static final String MVN = """
            echo "$*" >> calls
            for argument in "$@"; do case $argument in
                -DbuildFolder=*) folder=${argument#*=} ;;
                -Dmdep.outputFile=*) libraries=${argument#*=} ;;
            esac; done
            [ -n "${libraries:-}" ] || { echo "maven: $*"; exit; }
            if grep -rq 'not Java' src/main; then echo '[ERROR] App.java: not a statement'; exit 1; fi
            mkdir -p "$folder" && cp -R src/main "$folder/classes"
            if [ -s edits ]; then head -1 edits >> src/main/java/App.java; sed 1d edits > left; mv left edits; fi
            printf '%s' "$PWD/library.jar" > "$libraries"
            """;

    private static final String JAR = "while [ $# -gt 0 ]; do case $1 in --file) to=$2 ;; -C) from=$2 ;; esac; shift;"
            + " done\n(cd \"$from\" && find . -type f -exec cat {} + | LC_ALL=C sort) > \"$to\"\n";

    /** The program prints its sources and whether it started from an archive. */
    private static final String JAVA = """
            archive=none
            while [ $# -gt 0 ]; do case $1 in
                -cp) jar=${2%%:*}; shift ;;
                -XX:ArchiveClassesAtExit=*) : > "${1#*=}" ;;
                -XX:SharedArchiveFile=*) archive=used ;;
                *.Main) echo '["aws"]'; exit ;;
            esac; shift; done
            echo "archive $archive"
            cat "$jar"
            grep -q 'fails' "$jar" && exit 3
            exit 0
            """;

    private record Ended(int code, String output, String errors) {}

    @TempDir
    private Path folder;

    private Path project;
    private Path source;

    @BeforeEach
    void aProjectInAFolderWithSpaces() throws IOException {
        project = Files.createDirectories(folder.resolve("a project"));
        source = project.resolve("src/main/java/App.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "one\n");
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.writeString(project.resolve("library.jar"), "");
        Files.createDirectories(project.resolve("tools/maven"));
        for (var file : List.of("mvnw", "tools/maven/launcher.sh")) {
            Files.copy(Path.of(file), project.resolve(file));
        }
        tool("mvn", MVN);
        tool("jar", JAR);
        tool("java", JAVA);
    }

    @Test
    void theProgramIsBuiltOnceAndThenStartedFromAnArchiveOfItsClasses() throws Exception {
        assertEquals("[\"aws\"]\n", mvnw(PACKAGES).output());
        assertEquals("archive none\none\n", mvnw(RUN).output());
        assertEquals("archive used\none\n", mvnw(RUN).output());
        assertEquals("[\"aws\"]\n", mvnw(PACKAGES).output());
        assertEquals(1, calls().size());
    }

    @Test
    void aChangedSourceRunsThoughItsFileIsOlderAndAsLong() throws Exception {
        mvnw(RUN);
        Files.writeString(source, "two\n");
        Files.setLastModifiedTime(source, FileTime.fromMillis(0));
        assertEquals("archive none\ntwo\n", mvnw(RUN).output());
    }

    @Test
    void aDeletedSourceIsGone() throws Exception {
        var other = Files.writeString(source.resolveSibling("Other.java"), "other\n");
        mvnw(RUN);
        Files.delete(other);
        assertEquals("archive none\none\n", mvnw(RUN).output());
    }

    @Test
    void aRenamedSourceAndAChangedPomAreRebuilt() throws Exception {
        mvnw(RUN);
        Files.move(source, source.resolveSibling("Program.java"));
        mvnw(RUN);
        Files.writeString(project.resolve("pom.xml"), "<project></project>");
        mvnw(RUN);
        assertEquals(3, calls().size());
    }

    @Test
    void aSourceThatIsEditedDuringABuildIsRebuilt() throws Exception {
        Files.writeString(project.resolve("edits"), "edited\n");
        assertEquals("archive none\nedited\none\n", mvnw(RUN).output());
        assertEquals(2, calls().size());
        Files.writeString(source, "one\n");
        assertEquals("archive none\none\n", mvnw(RUN).output(), "no class of the previous source name remains");
    }

    @Test
    void sourcesThatAreEditedDuringEachBuildAreAnError() throws Exception {
        Files.writeString(project.resolve("edits"), "1\n2\n3\n4\n");
        var ended = mvnw(RUN);
        assertEquals(1, ended.code());
        assertTrue(ended.errors().contains("edited during each of three builds"), ended.errors());
    }

    @Test
    void goingBackToAnEarlierSourceRunsItsBuild() throws Exception {
        mvnw(RUN);
        Files.writeString(source, "two\n");
        mvnw(RUN);
        Files.writeString(source, "one\n");
        assertEquals("archive used\none\n", mvnw(RUN).output());
        assertEquals(2, calls().size());
    }

    @Test
    void anotherJavaMeansAnotherBuild() throws Exception {
        mvnw(RUN);
        tool("java", JAVA + "# another\n");
        mvnw(RUN);
        assertEquals(2, calls().size());
    }

    @Test
    void aMissingLibraryIsFetchedByMaven() throws Exception {
        mvnw(RUN);
        Files.delete(project.resolve("library.jar"));
        assertEquals("maven: " + String.join(" ", RUN) + "\n", mvnw(RUN).output());
        Files.writeString(project.resolve("library.jar"), "");
        assertEquals("archive none\none\n", mvnw(RUN).output());
    }

    @Test
    void aProgramThatDoesNotCompileShowsMavensErrorAndLeavesNothing() throws Exception {
        mvnw(RUN);
        Files.writeString(source, "not Java\n");
        for (var call : List.of(PACKAGES, RUN)) {
            var ended = mvnw(call);
            assertNotEquals(0, ended.code());
            assertEquals("", ended.output());
            assertTrue(ended.errors().contains("not a statement"), ended.errors());
        }
        assertEquals(1, builds().size());
    }

    @Test
    void aProgramThatFailsGivesItsCodeAndLeavesNoArchive() throws Exception {
        Files.writeString(source, "fails\n");
        assertEquals(3, mvnw(RUN).code());
        assertEquals("archive none\nfails\n", mvnw(RUN).output());
    }

    @Test
    void manyAtOnceAllRunTheNewSource() throws Exception {
        mvnw(RUN);
        Files.writeString(source, "two\n");
        var started = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            started.add(start(RUN));
        }
        for (var process : started) {
            assertEquals(
                    "archive two",
                    "archive " + ended(process).output().lines().toList().get(1));
        }
        assertEquals("archive used\ntwo\n", mvnw(RUN).output());
    }

    @Test
    void onlyTheLastBuildsAreRetained() throws Exception {
        for (int i = 0; i < 6; i++) {
            Files.writeString(source, "version " + i + "\n");
            mvnw(RUN);
        }
        assertEquals(4, builds().size());
    }

    @Test
    void anyOtherCallIsMavens() throws Exception {
        for (var call : List.of(
                List.of("--no-transfer-progress", "compile"),
                List.of("test", "-Dtest=a b"),
                List.of("compile", "exec:java", "-DmainClass=dataprep.cli.Main"),
                List.<String>of())) {
            assertEquals("maven: " + String.join(" ", call) + "\n", mvnw(call).output());
        }
    }

    @Test
    void withoutAWritableFolderMavenIsCalled() throws Exception {
        Files.writeString(project.resolve("target"), "a file");
        assertEquals("maven: " + String.join(" ", RUN) + "\n", mvnw(RUN).output());
    }

    private void tool(String name, String script) throws IOException {
        var file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended mvnw(List<String> arguments) throws Exception {
        return ended(start(arguments));
    }

    private Process start(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(project.resolve("mvnw").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(project.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().compute("PATH", (key, path) -> folder.resolve("bin") + File.pathSeparator + path);
        return builder.start();
    }

    private static Ended ended(Process process) throws Exception {
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output, errors);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(project.resolve("calls"));
    }

    private List<Path> builds() throws IOException {
        try (var files = Files.list(project.resolve("target/program"))) {
            return files.toList();
        }
    }
}
