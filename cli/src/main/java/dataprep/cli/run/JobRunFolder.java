package dataprep.cli.run;

import dataprep.lake.LakePaths;
import java.util.Comparator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The folder of a run's job run, below each prefix of {@link LakePaths}. */
public final class JobRunFolder {
    private static final String REPORT = "quality.json";

    private JobRunFolder() {}

    /** The folder {@code run_id=<id>/job_run=<id>/} of the last job run that reported, {@code run_id=<id>/} if none did. */
    public static String of(S3Client s3, String bucket, String runId) {
        var folder = "run_id=%s/".formatted(runId);
        return s3
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(LakePaths.ROOT.reports() + folder))
                .contents()
                .stream()
                .filter(object -> object.key().endsWith("/" + REPORT))
                .max(Comparator.comparing(S3Object::lastModified))
                .map(object -> object.key()
                        .substring(LakePaths.ROOT.reports().length())
                        .replace(REPORT, ""))
                .orElse(folder);
    }

    /** The key of the report in such a folder. */
    public static String report(String folder) {
        return LakePaths.ROOT.reports() + folder + REPORT;
    }
}
