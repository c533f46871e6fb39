package dataprep.failures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.asl.LocatedState;
import dataprep.lake.LakePaths;
import dataprep.settings.StackFiles;
import dataprep.workflow.DataPreparationWorkflow;
import dataprep.workflow.ResourceNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The situations that lead a run to each task of the workflow: success, a failure of another task, or certain data.
 *
 * <p>The administrator creates the data before the run. Situations that only time or another recipe could cause are
 * injected responses of S3.
 *
 * @param visited the states that a successful run enters
 */
record Situations(LocalPipeline pipeline, FailureMatrix matrix, Set<String> visited) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The situations of the deployed workflow; a run of it finds the states that a successful run enters. */
    static Situations of(LocalPipeline pipeline) throws Exception {
        pipeline.forgetEarlierRuns();
        var definition = DataPreparationWorkflow.define(
                StackFiles.workflow(LocalPipeline.settings(Map.of())), ResourceNames.placeholders());
        var visited = pipeline.history(pipeline.run().executionArn()).visited();
        return new Situations(
                pipeline,
                new FailureMatrix(definition, DataPreparationWorkflow.COMMIT, DataPreparationWorkflow.REDRIVEN),
                visited);
    }

    /** Whether a run reaches the task without a failure of another task. */
    boolean isFirstToFail(LocatedState task) {
        return matrix.failuresBefore(task, visited).isEmpty();
    }

    /** The input of a run that reaches a task. */
    String input(LocatedState task) throws IOException {
        return switch (task.name()) {
            case "DescribeWaiting" -> "{}";
            case "ReadKeptRun" -> "{\"rollback_to\": \"%s\"}".formatted(pipeline.data.publishedRun());
            default -> "{\"force\": true}";
        };
    }

    /** Creates the situation that leads to a task; returns the faults for the run of this name. */
    List<Map<String, Object>> leadingTo(LocatedState task, String runId) throws IOException {
        var faults = new ArrayList<Map<String, Object>>();
        matrix.failuresBefore(task, visited).forEach(failing -> faults.add(FailureRow.failing(failing)));
        faults.addAll(data(task.name(), runId));
        return faults;
    }

    private List<Map<String, Object>> data(String state, String runId) throws IOException {
        switch (state) {
            case "DescribePublisher" -> pipeline.data.write(LakePaths.ROOT.manifest(), claimedByAnEndedRun());
            case "RemoveCsvAgain" ->
                pipeline.data.write(
                        LakePaths.ROOT.manifest(),
                        manifest().putNull("output_csv_copied_from").toString());
            case "DescribeWaiting" -> {
                return List.of(answer("states", "ListExecutions", "FindRunningExecutions", twoAhead()));
            }
            case "ListMoreRuns" -> {
                return List.of(answer("s3", "ListObjectsV2", "ListRuns", moreToList()));
            }
            case "RemoveCsv" -> {
                return List.of(answer("s3", "GetObject", "ReadQuality", reportWithoutCsv(runId)));
            }
            case "NotifyWarning" -> pipeline.data.write(LakePaths.ROOT.raw() + "warning/" + runId, "");
            case "ListRun", "DeleteObjects" -> {
                pipeline.data.write(LakePaths.ROOT.dataset() + "run_id=old/part", "");
                return state.equals("ListRun")
                        ? List.of()
                        : List.of(answer("s3", "ListObjectsV2", "ListRun", longAgo()));
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

    /** The report that the job will write for the run. */
    private ObjectNode report(String runId) throws IOException {
        var recorded = pipeline.recordedRun();
        var report = pipeline.data.text(pipeline.data.reportOf(recorded));
        return (ObjectNode) JSON.readTree(report.replace(recorded, runId));
    }

    /** Two older executions: a working one, and a waiting one that has ended by the next poll. */
    private String twoAhead() throws IOException {
        var published = manifest().path("execution").asText();
        return """
                {"executions": [{"executionArn": "%1$s", "startDate": 2, "redriveCount": 0},
                 {"executionArn": "%1$s0", "startDate": 1, "redriveCount": 0}]}""".formatted(published);
    }

    /** A page with a continuation token that S3 returned for the same list. */
    private String moreToList() {
        var token = pipeline.aws
                .s3
                .listObjectsV2(request -> request.bucket(pipeline.data.bucket())
                        .prefix(LakePaths.ROOT.dataset())
                        .maxKeys(1))
                .nextContinuationToken();
        return "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>%s</NextContinuationToken></ListBucketResult>"
                .formatted(token);
    }

    private static String longAgo() {
        return """
                <ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>%srun_id=old/part</Key>\
                <LastModified>2020-01-01T00:00:00.000Z</LastModified><Size>0</Size></Contents></ListBucketResult>""".formatted(LakePaths.ROOT.dataset());
    }

    private ObjectNode manifest() throws IOException {
        return (ObjectNode) JSON.readTree(pipeline.data.text(LakePaths.ROOT.manifest()));
    }

    private static Map<String, Object> answer(String service, String operation, String state, String text) {
        return Map.of("service", service, "operation", operation, "state", state, "times", 1, "answer", text);
    }
}
