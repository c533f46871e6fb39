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
            out.println();
            new QualityReport(report).lines().forEach(out::println);
        } catch (NoSuchKeyException e) {
            out.println("\nThe run ended before its transformation wrote a report.");
        }
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
