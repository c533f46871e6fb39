package dataprep.cli.report;

import dataprep.cli.run.AwsClients;
import dataprep.cli.run.DataBucket;
import dataprep.cli.run.Run;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/** Writes reports: one to the data bucket beside the run's quality report, one to a local folder. */
public record RunReports(AwsClients clients, DataBucket bucket, Path folder) {

    /**
     * Writes both and prints their places; an error of AWS is printed and does not fail the run.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Run run, PrintStream out) throws IOException {
        try {
            var html = html(run);
            var file = folder.resolve(run.id() + ".html");
            Files.createDirectories(folder);
            Files.writeString(file, html);
            out.printf("%nReport        %s%n", file);
            out.printf("              %s%n", keep(run, html(run, RelatedRun.Place.DATA_BUCKET)));
        } catch (SdkException e) {
            out.printf("%nNo report of the run: %s%n", e.getMessage());
        }
    }

    /**
     * @throws IOException if the run's files cannot be read
     */
    public String html(Run run) throws IOException {
        return html(run, RelatedRun.Place.LOCAL_FOLDER);
    }

    private String html(Run run, RelatedRun.Place place) throws IOException {
        return RunReport.html(new ReportReader(clients.stepFunctions(), bucket).read(run, place));
    }

    private String keep(Run run, String html) {
        var key = "%srun_id=%s/report.html".formatted(bucket.paths().reports(), run.id());
        clients.s3()
                .putObject(
                        request -> request.bucket(bucket.name()).key(key).contentType("text/html; charset=utf-8"),
                        RequestBody.fromString(html));
        return "s3://%s/%s".formatted(bucket.name(), key);
    }
}
