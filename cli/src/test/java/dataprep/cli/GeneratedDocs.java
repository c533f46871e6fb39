package dataprep.cli;

import static dataprep.workflow.DataPreparationWorkflow.COMMIT;
import static dataprep.workflow.DataPreparationWorkflow.REDRIVEN;

import dataprep.cli.acceptance.Assumption;
import dataprep.cli.command.CostCommand;
import dataprep.cli.command.DataprepCommand;
import dataprep.cli.cost.Sizes;
import dataprep.cli.cost.StackCost;
import dataprep.cli.cost.SuccessfulRun;
import dataprep.cli.stack.EphemeralStack;
import dataprep.failures.FailureDocs;
import dataprep.failures.FailureMatrix;
import dataprep.pricing.Prices;
import dataprep.workflow.DataPreparationWorkflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of the documents that are generated from the code, each between two named markers. */
final class GeneratedDocs {
    private static final Path FOLDER = Path.of("docs");
    private static final List<Path> BESIDES = List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"));
    private static final Pattern PART =
            Pattern.compile("(<!-- generated: ([\\w ]+) -->\n)(.*?)(<!-- end: \\2 -->)", Pattern.DOTALL);

    /** Slow parts, for which stacks are deployed to a local AWS. */
    static final Set<String> DEPLOYED = Set.of("cost of dev", "cost of prod");

    /** The states that do the main work of a run; the others make it safe and idempotent. */
    private static final List<String> OUTLINE = List.of(
            "ExtractData",
            "NewData",
            "TransformData",
            "ReadQuality",
            "QualityGate",
            "LoadData",
            "CommitManifest",
            "Published");

    private static final Map<String, Part> PARTS = parts();

    @FunctionalInterface
    private interface Part {
        String text() throws Exception;
    }

    private GeneratedDocs() {}

    static void write() throws Exception {
        for (var document : documents()) {
            Files.writeString(document, current(Files.readString(document), PARTS.keySet()));
        }
    }

    /** All documents that may have generated parts. */
    static List<Path> documents() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return Stream.concat(
                            BESIDES.stream(),
                            files.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Returns the text with its generated parts up to date.
     *
     * @param wanted the names of the parts to generate; the others are not changed
     */
    static String current(String document, Set<String> wanted) throws Exception {
        var text = new StringBuilder();
        int from = 0;
        for (MatchResult part : PART.matcher(document).results().toList()) {
            text.append(document, from, part.start(3));
            text.append(wanted.contains(part.group(2)) ? text(part.group(2)) : part.group(3));
            from = part.end(3);
        }
        return text.append(document.substring(from)).toString();
    }

    static Set<String> names() {
        return PARTS.keySet();
    }

    /** The names of the generated parts of a document. */
    static Set<String> asked(String document) {
        return Pattern.compile("<!-- generated: ([^>]*) -->")
                .matcher(document)
                .results()
                .map(part -> part.group(1))
                .collect(Collectors.toSet());
    }

    private static Map<String, Part> parts() {
        var parts = new LinkedHashMap<String, Part>();
        parts.put(
                "workflow",
                () -> mermaid(DataPreparationWorkflow.withPlaceholders().toMermaid()));
        parts.put("path", GeneratedDocs::path);
        parts.put("settings", StackFileDocs::settings);
        parts.put("stacks", StackFileDocs::stacks);
        parts.put("reference", RecipeDocs::reference);
        parts.put(
                "failures",
                () -> FailureDocs.of(
                        new FailureMatrix(DataPreparationWorkflow.withPlaceholders(), COMMIT, REDRIVEN).rows()));
        parts.put("failures of tables", () -> FailureDocs.of(TableFailures.rows()));
        parts.put("assumptions", Assumption::table);
        parts.put("commands", GeneratedDocs::commands);
        parts.put("prices", GeneratedDocs::prices);
        parts.put("cost of dev", () -> cost("dev"));
        parts.put("cost of prod", () -> cost("prod"));
        return parts;
    }

    private static String text(String part) throws Exception {
        return PARTS.get(part).text();
    }

    private static String mermaid(String diagram) {
        return "```mermaid\n%s\n```\n".formatted(diagram.stripTrailing());
    }

    /** The outline of a successful run. */
    private static String path() {
        var path =
                SuccessfulRun.states(DataPreparationWorkflow.withPlaceholders().toJson());
        if (!path.stream().filter(OUTLINE::contains).toList().equals(OUTLINE)) {
            throw new IllegalStateException(
                    "%s are not on the path of a run in this order: %s".formatted(OUTLINE, path));
        }
        return mermaid("flowchart LR\n    " + String.join(" --> ", OUTLINE));
    }

    private static String commands() {
        return DataprepCommand.commandLine().getSubcommands().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(command -> "| `%s` | %s |\n"
                        .formatted(
                                command.getKey(),
                                String.join(
                                        " ",
                                        command.getValue()
                                                .getCommandSpec()
                                                .usageMessage()
                                                .description())))
                .collect(Collectors.joining("", "| command | what it does |\n|---|---|\n", ""));
    }

    private static String prices() {
        var prices = Prices.current();
        var sources = prices.sources().entrySet().stream()
                .map(source -> "%s: %s".formatted(source.getKey(), source.getValue()))
                .collect(Collectors.joining("\n- ", "\n- ", "\n"));
        return "Prices of %s, looked up on %s:\n%s".formatted(prices.region(), prices.date(), sources);
    }

    private static String cost(String stack) throws Exception {
        try (var temporaryStack = EphemeralStack.of(stack)) {
            var cost = StackCost.of(temporaryStack.deployed(), Prices.current());
            return CostCommand.table(stack, cost, Sizes.assumed(), Prices.current());
        }
    }
}
