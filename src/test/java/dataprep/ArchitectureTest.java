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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages have no dependency cycles, and the library packages do not depend on this project. */
class ArchitectureTest {
    private static final Path PROGRAM = Path.of("src", "main", "java", "dataprep");
    private static final Path COMMAND_LINE = Path.of("cli", "src", "main", "java", "dataprep");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);
    private static final Pattern OWN_PACKAGE = Pattern.compile("dataprep\\.((?:[a-z]+\\.)*)[A-Z].*");

    /** Each package of the program and its allowed dependencies; the empty name is the root package, with App. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("", Set.of("components", "pulumi", "settings")),
            Map.entry("checks", Set.of()),
            Map.entry(
                    "components",
                    Set.of(
                            "settings",
                            "workflow",
                            "asl",
                            "asl.validation",
                            "recipe",
                            "iam",
                            "lake",
                            "pricing",
                            "checks")),
            Map.entry("settings", Set.of("lake", "recipe")),
            Map.entry("lake", Set.of()),
            Map.entry("workflow", Set.of("settings", "asl", "recipe", "iam", "lake")),
            Map.entry("asl", Set.of("iam")),
            Map.entry("asl.validation", Set.of("asl")),
            Map.entry("recipe", Set.of("checks")),
            Map.entry("pricing", Set.of()),
            Map.entry("pulumi", Set.of()),
            Map.entry("iam", Set.of()));

    /** The same for the command line, without the packages of the program. */
    private static final Map<String, Set<String>> ALLOWED_IN_CLI = Map.ofEntries(
            Map.entry("cli", Set.of("cli.command")),
            Map.entry(
                    "cli.command",
                    Set.of(
                            "cli.acceptance",
                            "cli.catalog",
                            "cli.changes",
                            "cli.cost",
                            "cli.exit",
                            "cli.local",
                            "cli.logs",
                            "cli.run",
                            "cli.stack")),
            Map.entry("cli.acceptance", Set.of("cli.exit", "cli.local", "cli.logs", "cli.run", "cli.stack")),
            Map.entry(
                    "cli.stack",
                    Set.of(
                            "cli.catalog",
                            "cli.changes",
                            "cli.cost",
                            "cli.exit",
                            "cli.local",
                            "cli.logs",
                            "cli.report",
                            "cli.run")),
            Map.entry("cli.catalog", Set.of("cli.report", "cli.run")),
            Map.entry("cli.run", Set.of("cli.cost", "cli.exit", "cli.local", "cli.logs")),
            Map.entry("cli.changes", Set.of("cli.cost")),
            Map.entry("cli.report", Set.of("cli.cost", "cli.run")),
            Map.entry("cli.cost", Set.of()),
            Map.entry("cli.exit", Set.of()),
            Map.entry("cli.local", Set.of()),
            Map.entry("cli.logs", Set.of()));

    @Test
    void everyPackageOfTheProgramUsesThoseBelowItOnly() throws IOException {
        for (var file : sources(PROGRAM)) {
            var own = packageOf(PROGRAM, file);
            assertEquals(Set.of(), minus(used(file, own), ALLOWED.get(own)), file.toString());
        }
    }

    @Test
    void everyPackageOfTheCommandLineUsesThoseBelowItOnly() throws IOException {
        for (var file : sources(COMMAND_LINE)) {
            var own = packageOf(COMMAND_LINE, file);
            var used = minus(used(file, own), ALLOWED.keySet());
            assertEquals(Set.of(), minus(used, ALLOWED_IN_CLI.get(own)), file.toString());
        }
    }

    @Test
    void theLibraryPackagesDoNotDependOnPulumi() throws IOException {
        for (var library : List.of("asl", "checks", "iam", "lake", "pricing", "recipe", "workflow")) {
            requireNoPulumi(PROGRAM.resolve(library));
        }
        for (var library : List.of("catalog", "changes", "cost", "report")) {
            requireNoPulumi(COMMAND_LINE.resolve("cli").resolve(library));
        }
    }

    @Test
    void theDocumentNamesEveryPackage() throws IOException {
        var document = Files.readString(Path.of("docs", "architecture.md"));
        var packages = Stream.concat(ALLOWED.keySet().stream(), ALLOWED_IN_CLI.keySet().stream())
                .map(name -> name.substring(name.lastIndexOf('.') + 1) + "/")
                .filter(name -> !name.equals("/"));
        assertEquals(
                List.of(),
                packages.filter(name -> !document.contains(name + " ") && !document.contains(name + ","))
                        .toList());
    }

    private static void requireNoPulumi(Path folder) throws IOException {
        for (var file : sources(folder)) {
            for (var imported : imports(file)) {
                assertFalse(imported.startsWith("com.pulumi"), file + " imports " + imported);
            }
        }
    }

    /** The packages that a file imports, without its own. */
    private static Set<String> used(Path file, String own) {
        var used = new TreeSet<String>();
        for (var imported : imports(file)) {
            var found = OWN_PACKAGE.matcher(imported);
            if (found.matches()) {
                used.add(found.group(1).replaceAll("\\.$", ""));
            }
        }
        used.remove(own);
        return used;
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        var rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static String packageOf(Path root, Path file) {
        var folder = root.relativize(file).getParent();
        return folder == null ? "" : folder.toString().replace('/', '.');
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
