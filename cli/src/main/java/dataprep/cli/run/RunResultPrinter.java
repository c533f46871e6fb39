package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Prints the result of a run: its quality report, the published run and its first rows. */
public final class RunResultPrinter {
    private static final int ROWS_SHOWN = 3;

    private final DataBucket bucket;
    private final PrintStream out;

    public RunResultPrinter(DataBucket bucket, PrintStream out) {
        this.bucket = bucket;
        this.out = out;
    }

    public void showReport(Optional<JsonNode> report) {
        out.println();
        report.ifPresentOrElse(
                found -> new QualityReport(found).lines().forEach(out::println),
                () -> out.println("The run ended before the job wrote a report."));
    }

    public void showPublished(Optional<JsonNode> manifest) {
        if (manifest.isEmpty()) {
            out.println("\nNothing is published yet.");
            return;
        }
        out.printf("%nPublished by run %s%n", manifest.get().path("run_id").asText());
        for (var key : List.of("dataset", "output_csv", "table")) {
            if (manifest.get().hasNonNull(key)) {
                out.printf("  %-11s %s%n", key, manifest.get().path(key).asText());
            }
        }
    }

    public void showFirstRows(Optional<JsonNode> manifest) throws IOException {
        if (manifest.filter(found -> found.hasNonNull("output_csv")).isPresent()) {
            out.printf("%nThe first %d rows%n", ROWS_SHOWN);
            bucket.csv(ROWS_SHOWN + 1).forEach(line -> out.println("  " + line));
        }
    }
}
