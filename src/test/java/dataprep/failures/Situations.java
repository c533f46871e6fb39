package dataprep.failures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.workflow.LakePaths;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Data that lead a run to states which it enters neither when all goes well nor because another task fails.
 *
 * <p>Each is made by the administrator before the run; what only AWS's clock or another recipe could bring about is an
 * answer that the local AWS gives in place of S3's.
 */
record Situations(LocalPipeline pipeline) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Brings about what leads to a state; the answers that a run of this name is to get. */
    List<Map<String, Object>> leadingTo(String state, String runId) throws IOException {
        switch (state) {
            case "DescribePublisher" -> pipeline.data.write(LakePaths.MANIFEST, claimedByAnEndedRun());
            case "RemoveCsvAgain" ->
                pipeline.data.write(
                        LakePaths.MANIFEST,
                        manifest().putNull("output_csv_copied_from").toString());
            case "RemoveManifest" -> pipeline.data.delete(LakePaths.MANIFEST);
            case "RemoveCsv" -> {
                return List.of(answer("GetObject", "ReadQuality", reportWithoutCsv(runId)));
            }
            case "NotifyWarning" -> {
                return List.of(answer("GetObject", "ReadQuality", reportWithWarning(runId)));
            }
            case "ListRun", "DeleteObjects" -> {
                pipeline.data.write(LakePaths.DATASET + "run_id=old/part", "");
                return state.equals("ListRun") ? List.of() : List.of(answer("ListObjectsV2", "ListRun", longAgo()));
            }
            default -> {}
        }
        return List.of();
    }

    private String claimedByAnEndedRun() throws IOException {
        var manifest = manifest();
        manifest.putObject("publishing")
                .put("run_id", manifest.path("run_id").asText())
                .put("execution", manifest.path("execution").asText());
        return manifest.toString();
    }

    private String reportWithoutCsv(String runId) throws IOException {
        return report(runId).putNull("output_csv").toString();
    }

    private String reportWithWarning(String runId) throws IOException {
        var report = report(runId);
        report.putArray("warnings").add("something to look at");
        return report.toString();
    }

    /** What the job is going to report of the run. */
    private ObjectNode report(String runId) throws IOException {
        var recorded = pipeline.recordedRun();
        var report = pipeline.data.text("%srun_id=%s/quality.json".formatted(LakePaths.REPORTS, recorded));
        return (ObjectNode) JSON.readTree(report.replace(recorded, runId));
    }

    private static String longAgo() {
        return """
                <ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>%srun_id=old/part</Key>\
                <LastModified>2020-01-01T00:00:00.000Z</LastModified><Size>0</Size></Contents></ListBucketResult>""".formatted(LakePaths.DATASET);
    }

    private ObjectNode manifest() throws IOException {
        return (ObjectNode) JSON.readTree(pipeline.data.text(LakePaths.MANIFEST));
    }

    private static Map<String, Object> answer(String operation, String state, String text) {
        return Map.of("service", "s3", "operation", operation, "state", state, "times", 1, "answer", text);
    }
}
