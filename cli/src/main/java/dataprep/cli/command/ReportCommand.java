package dataprep.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "Writes a run as one HTML page: workflow, timeline, rows, rules, quarantined rows, published data and cost.",
            "The page needs no network. Following a run also writes it, to the same folder and to S3."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep report                       the latest run on the local AWS, to .local/reports/",
            "  dataprep report RUN -s prod           a run that `list` shows",
            "  dataprep report RUN --out run.html    to that file only"
        })
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private StackOption target;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run's id (default: the latest run)")
    private String runId;

    @Option(names = "--out", paramLabel = "FILE", description = "the file to write; writes nothing to S3")
    private Path file;

    @Override
    public Integer call() throws Exception {
        try (var deployed = target.open()) {
            var run = deployed.run(deployed.execution(runId));
            if (file == null) {
                deployed.writeReport(run, System.out);
            } else {
                Files.writeString(file, deployed.report(run));
            }
            return 0;
        }
    }
}
