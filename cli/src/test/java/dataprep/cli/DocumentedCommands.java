package dataprep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The commands in the documents. */
final class DocumentedCommands {
    private static final Pattern BLOCK =
            Pattern.compile("^```sh([^\n]*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String WITH_ACCOUNT = " needs an AWS account";

    /** Run by {@link TypedCommandsIT}, in this order. */
    static final List<String> RUN = List.of(
            "make run",
            "make up",
            "make start",
            "make list",
            "make show",
            "make logs",
            "make report",
            "make deploy",
            "make cost STACK=prod",
            "make check RECIPE=examples/orders/recipe.json",
            "make stop");

    /** Commands that run with the tests or run the tests. */
    static final Set<String> TESTS =
            Set.of("make test", "make lint", "make format", "make test-unit", "make test-lambda");

    /** Run by {@link ExamplesIT}. */
    static final Set<String> EXAMPLES =
            Set.of("make run SETTINGS=examples/api/settings.yaml", "make run SETTINGS=examples/database/settings.yaml");

    /** Run by {@link OwnDataIT}: as a whole and in order, in a project that its first command creates. */
    static final Path TUTORIAL = Path.of("docs", "your-own-data.md");

    /** Deploys its base by `pulumi`, as {@link PreviewIT} does. */
    static final Set<String> PREVIEW = Set.of("make preview STACK=prod BASE=HEAD");

    private DocumentedCommands() {}

    /** The commands that need no account, in the order of the documents. */
    static Set<String> withoutAccount() throws IOException {
        var commands = new LinkedHashSet<String>();
        for (var document : GeneratedDocs.documents()) {
            if (document.equals(TUTORIAL)) {
                continue;
            }
            blocksWithoutAccount(document).stream()
                    .flatMap(String::lines)
                    .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(commands::add);
        }
        return commands;
    }

    /** The command blocks of a document, in order. */
    static List<String> blocksWithoutAccount(Path document) throws IOException {
        return BLOCK.matcher(Files.readString(document))
                .results()
                .filter(block -> !block.group(1).equals(WITH_ACCOUNT))
                .map(block -> block.group(2))
                .toList();
    }
}
