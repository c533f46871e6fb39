package dataprep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.workflow.LakePaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What a run did to the data: its quality report, what is published now and the first rows of it. */
final class Outcome {
    private static final int ROWS_SHOWN = 5;
    /** Enough for some rows; the rest of the file is not transferred. */
    private static final String BEGINNING = "bytes=0-65535";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final S3Client s3;
    private final String dataBucket;
    private final PrintStream out;

    Outcome(S3Client s3, String dataBucket, PrintStream out) {
        this.s3 = s3;
        this.dataBucket = dataBucket;
        this.out = out;
    }

    /** A run that failed before its transformation has no report. */
    void showReport(String runId) throws IOException {
        try {
            var report = read("%srun_id=%s/quality.json".formatted(LakePaths.REPORTS, runId));
            out.printf(
                    Locale.ROOT,
                    "%nRows: %,d in, %,d out, %,d quarantined%n",
                    report.path("rows_in").asLong(),
                    report.path("rows_out").asLong(),
                    report.path("rows_quarantined").asLong());
            for (var reason : report.path("reasons")) {
                out.printf(Locale.ROOT, "  %,7d  %s%n", reason.path("rows").asLong(), reason(reason));
            }
            for (var rule : report.path("rules")) {
                if (!rule.path("passed").asBoolean()) {
                    out.printf(
                            "  rule %s: %s%n",
                            rule.path("name").asText(), rule.path("message").asText());
                }
            }
        } catch (NoSuchKeyException e) {
            out.println("\nThe run ended before its transformation wrote a report.");
        }
    }

    /** A row that could not be read has no column. */
    private static String reason(JsonNode reason) {
        var place = Stream.of("source", "column")
                .filter(reason::hasNonNull)
                .map(part -> reason.path(part).asText())
                .collect(Collectors.joining("."));
        return place + ": " + reason.path("rule").asText();
    }

    void showPublished() throws IOException {
        var manifest = read(LakePaths.MANIFEST);
        out.printf("%nPublished by run %s%n", manifest.path("run_id").asText());
        for (var key : List.of("dataset", "output_csv", "table")) {
            if (manifest.hasNonNull(key)) {
                out.printf("  %-11s %s%n", key, manifest.path(key).asText());
            }
        }
        if (manifest.hasNonNull("output_csv")) {
            showFirstRows();
        }
    }

    private void showFirstRows() throws IOException {
        out.printf("%nThe first %d rows%n", ROWS_SHOWN);
        try (var csv = new BufferedReader(new InputStreamReader(
                s3.getObject(request ->
                        request.bucket(dataBucket).key(LakePaths.OUTPUT_CSV).range(BEGINNING)),
                StandardCharsets.UTF_8))) {
            csv.lines().limit(ROWS_SHOWN + 1).forEach(line -> out.println("  " + line));
        }
    }

    private JsonNode read(String key) throws IOException {
        try (var object = s3.getObject(request -> request.bucket(dataBucket).key(key))) {
            return JSON.readTree(object);
        }
    }
}
