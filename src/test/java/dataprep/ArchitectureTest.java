package dataprep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packages depend on each other in one direction, and the libraries among them on nothing of this project. */
class ArchitectureTest {
    private static final Path MAIN = Path.of("src", "main", "java", "dataprep");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);
    private static final Pattern OWN_PACKAGE = Pattern.compile("dataprep\\.([a-z]+)\\..*");

    /** Each package and those it may use; the empty name is the top one, with App. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("", Set.of("components", "settings")),
            Map.entry(
                    "cli",
                    Set.of("", "asl", "changes", "cost", "failures", "recipe", "report", "settings", "workflow")),
            Map.entry("changes", Set.of("cost")),
            Map.entry("checks", Set.of()),
            Map.entry("cost", Set.of()),
            Map.entry("failures", Set.of("asl")),
            Map.entry(
                    "components", Set.of("settings", "workflow", "failures", "asl", "recipe", "iam", "cost", "checks")),
            Map.entry("settings", Set.of("workflow", "recipe")),
            Map.entry("workflow", Set.of("asl", "recipe", "iam")),
            Map.entry("asl", Set.of("iam")),
            Map.entry("recipe", Set.of("checks")),
            Map.entry("report", Set.of("cost", "workflow")),
            Map.entry("iam", Set.of()));

    @Test
    void everyPackageUsesThoseBelowItOnly() throws IOException {
        for (var file : sources(MAIN)) {
            var allowed = ALLOWED.get(packageOf(file));
            for (var imported : imports(file)) {
                var own = OWN_PACKAGE.matcher(imported);
                if (imported.startsWith("dataprep.")) {
                    var used = own.matches() ? own.group(1) : "";
                    if (!used.equals(packageOf(file))) {
                        assertEquals(Set.of(), minus(Set.of(used), allowed), file + " imports " + imported);
                    }
                }
            }
        }
    }

    @Test
    void whatCouldBeALibraryKnowsNothingOfPulumi() throws IOException {
        for (var library :
                List.of("asl", "changes", "checks", "cost", "failures", "iam", "recipe", "report", "workflow")) {
            for (var file : sources(MAIN.resolve(library))) {
                for (var imported : imports(file)) {
                    assertFalse(imported.startsWith("com.pulumi"), file + " imports " + imported);
                }
            }
        }
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        var rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static String packageOf(Path file) {
        var folder = MAIN.relativize(file).getParent();
        return folder == null ? "" : folder.toString();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> imports(Path file) {
        try {
            return IMPORT.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
