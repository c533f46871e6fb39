package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that docs/security.md names exists, so that every promised defence is tested. */
class SecurityDocTest {
    private static final Path DOCUMENT = Path.of("docs", "security.md");
    private static final Pattern NAME = Pattern.compile("`(?:(\\w+(?:Test|IT))\\.(\\w+)|(test_\\w+))`");

    @Test
    void everyTestThatItNamesExists() throws IOException {
        var java = sources(Path.of("src", "test", "java"), ".java")
                + sources(Path.of("cli", "src", "test", "java"), ".java");
        var python = Stream.of("lambda", "local", "glue-scripts")
                .map(folder -> sources(Path.of(folder, "tests"), ".py"))
                .collect(Collectors.joining());
        var names = NAME.matcher(Files.readString(DOCUMENT)).results().toList();
        var missing = names.stream()
                .filter(name -> name.group(3) == null
                        ? !java.contains("class " + name.group(1)) || !java.contains(" " + name.group(2) + "(")
                        : !python.contains("def " + name.group(3) + "("))
                .map(name -> name.group())
                .toList();
        assertEquals(List.of(), missing);
        assertTrue(names.size() > 20, "tests named: " + names.size());
    }

    @Test
    void everyThreatNamesATest() throws IOException {
        var document = Files.readString(DOCUMENT);
        var threats = document.substring(document.indexOf("## Threats"), document.indexOf("## What is left"));
        for (var row :
                threats.lines().filter(line -> line.startsWith("| ")).skip(1).toList()) {
            assertTrue(NAME.matcher(row).find(), row);
        }
    }

    private static String sources(Path folder, String suffix) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .map(SecurityDocTest::read)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
