package dataprep.cli.command;

import dataprep.cli.catalog.CatalogPage;
import dataprep.cli.exit.ExitCodes;
import dataprep.cli.stack.PulumiStacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "catalog",
        description = {
            "Writes the stack's data sets as one HTML page: their graph, columns, lineage, rules and latest runs.",
            "The page needs no network."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep catalog                      of the local AWS, to .local/reports/catalog.html",
            "  dataprep catalog -s prod --out catalog.html"
        })
final class CatalogCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Option(names = "--out", paramLabel = "FILE", description = "the file to write")
    private Path file;

    @Override
    public Integer call() throws Exception {
        try (var stack = target.openStack()) {
            var to = file == null ? stack.reportFolder().resolve("catalog.html") : file;
            Files.createDirectories(to.toAbsolutePath().getParent());
            var name = PulumiStacks.qualified(target.stack());
            Files.writeString(to, CatalogPage.html(name, stack.catalog(), Instant.now()));
            System.out.printf("Catalog       %s%n", to);
            return ExitCodes.OK;
        }
    }
}
