package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.lake.LakePaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a data set in the data bucket. */
public record DataBucket(S3Client s3, String name, LakePaths paths) {
    /** The bytes to read for some rows; the rest of the file is not transferred. */
    private static final String BEGINNING = "bytes=0-65535";

    private static final String REPORT = "quality.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The quality report; a missing node if the run failed before its transformation or found nothing to do. */
    public Optional<JsonNode> report(String runId) throws IOException {
        return read(reportKey(jobRunFolder(runId)));
    }

    /** The manifest; a missing node before the first publish. */
    public Optional<JsonNode> manifest() throws IOException {
        return read(paths.manifest());
    }

    /**
     * The folder {@code run_id=<id>/job_run=<id>/} of the last job run that reported, below each prefix of {@link
     * LakePaths}; {@code run_id=<id>/} if none did.
     */
    public String jobRunFolder(String runId) {
        var folder = "run_id=%s/".formatted(runId);
        return s3
                .listObjectsV2Paginator(request -> request.bucket(name).prefix(paths.reports() + folder))
                .contents()
                .stream()
                .filter(object -> object.key().endsWith("/" + REPORT))
                .max(Comparator.comparing(S3Object::lastModified))
                .map(object -> object.key().substring(paths.reports().length()).replace(REPORT, ""))
                .orElse(folder);
    }

    /** The key of the quality report in such a folder. */
    public String reportKey(String folder) {
        return paths.reports() + folder + REPORT;
    }

    /** The first lines of the published CSV file. */
    List<String> csv(int lines) throws IOException {
        try (var csv = new BufferedReader(new InputStreamReader(
                s3.getObject(
                        request -> request.bucket(name).key(paths.outputCsv()).range(BEGINNING)),
                StandardCharsets.UTF_8))) {
            return csv.lines().limit(lines).toList();
        }
    }

    private Optional<JsonNode> read(String key) throws IOException {
        try (var object = s3.getObject(request -> request.bucket(name).key(key))) {
            return Optional.of(JSON.readTree(object));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }
}
