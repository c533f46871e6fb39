package dataprep.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.logs.HistoryLines;
import dataprep.cli.logs.RunLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = {
            "Prints the logs of a run: the workflow's events and the output of the function and of the job.",
            "Reads CloudWatch Logs; on the local AWS, the function's logs are files."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  dataprep logs                         the latest run on the local AWS",
            "  dataprep logs RUN --of job -s prod    only the output of the Spark job",
            "  dataprep logs RUN --json              as a JSON array of {part, stream, lines}"
        })
public final class LogsCommand implements Callable<Integer> {
    enum Part {
        workflow,
        function,
        job
    }

    private record Section(Part part, RunLogs.Stream stream) {}

    @Mixin
    private StackOption target;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "the run's id (default: the latest run)")
    private String run;

    @Option(
            names = "--of",
            split = ",",
            paramLabel = "PART",
            description = "which of ${COMPLETION-CANDIDATES} (default: all)")
    private List<Part> parts = List.of(Part.values());

    @Option(names = "--json", description = "print the logs as a JSON array")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        try (var deployed = target.open()) {
            var execution = deployed.execution(run);
            execution.describe();
            var history = execution.history();
            var sections = new ArrayList<Section>();
            for (var part : parts) {
                var streams = switch (part) {
                    case workflow -> List.of(new RunLogs.Stream(execution.runId(), HistoryLines.of(history)));
                    case function -> deployed.logs().ofFunction(execution.runId(), history);
                    case job -> deployed.logs().ofJob(history);
                };
                streams.forEach(stream -> sections.add(new Section(part, stream)));
            }
            print(sections);
            return 0;
        }
    }

    private void print(List<Section> sections) {
        if (json) {
            var array = new ObjectMapper().createArrayNode();
            for (var section : sections) {
                var lines = array.addObject()
                        .put("part", section.part().name())
                        .put("stream", section.stream().name())
                        .putArray("lines");
                section.stream().lines().forEach(lines::add);
            }
            System.out.println(array.toPrettyString());
            return;
        }
        for (var section : sections) {
            System.out.printf(
                    Locale.ROOT, "==> %s %s%n", section.part(), section.stream().name());
            section.stream().lines().forEach(System.out::println);
            System.out.println();
        }
    }
}
