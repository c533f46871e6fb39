package dataprep.cli.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.acceptance.AcceptanceReport.Finding;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.run.DataBucket;
import dataprep.cli.run.Execution;
import dataprep.lake.LakePaths;
import java.io.IOException;
import java.io.PrintStream;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The runs of an acceptance: published, nothing to do, after a change, failed, rolled back, aborted. */
public final class AcceptanceRuns {
    private static final String NO_SUCH_RUN = "acceptance-no-such-run";

    private final AcceptanceStack stack;
    private final AcceptanceReport report;
    private final DataBucket bucket;
    private final PrintStream out;

    public AcceptanceRuns(AcceptanceStack stack, AcceptanceReport report, PrintStream out) {
        this.stack = stack;
        this.report = report;
        this.bucket = new DataBucket(stack.aws().s3(), stack.output("data_bucket"), LakePaths.ROOT);
        this.out = out;
    }

    /**
     * Starts a run with {@code force}, which publishes.
     *
     * @throws CommandFailure if it does not publish: the other checks need it
     */
    public Execution publish() throws Exception {
        var execution = run("publishes", "{\"force\": true}");
        stack.deployed().requireSuccess(execution.describe());
        report.check(Assumption.COMMITTER, () -> committer(execution));
        return execution;
    }

    public void withoutAChange() throws Exception {
        report.check(Assumption.NOTHING_TO_DO, () -> {
            var execution = run("without a change", "{}");
            var nothing = execution.history().stream()
                    .filter(event -> event.stateEnteredEventDetails() != null)
                    .anyMatch(event -> event.stateEnteredEventDetails().name().equals("NothingToDo"));
            return Finding.of(
                    nothing,
                    "%s, %s NothingToDo"
                            .formatted(execution.describe().status(), nothing ? "entered" : "did not enter"));
        });
    }

    /**
     * @param earlier a run that extracted every source
     */
    public void afterAChange(Execution earlier) throws Exception {
        report.check(Assumption.CHANGED_SOURCE, () -> {
            var source = SourceObject.of(bucket, earlier);
            source.shorten();
            try {
                return published(run("after a change of " + source.key(), "{}"));
            } finally {
                source.restore();
            }
        });
    }

    public void failing(FailureTopicQueue queue) throws Exception {
        report.check(Assumption.FAILURE_MESSAGE, () -> {
            var execution = run("fails", rollback(NO_SUCH_RUN));
            var status = execution.describe().status();
            var finding = queue.messagesOf(execution, status.toString());
            return status == ExecutionStatus.FAILED ? finding : Finding.of(false, finding.found());
        });
    }

    public void rolledBackTo(Execution first) throws Exception {
        report.check(Assumption.ROLLBACK, () -> {
            var status = run("rolls back", rollback(first.runId())).describe().status();
            var current = current();
            return Finding.of(current.equals(first.runId()), "%s, published is %s".formatted(status, current));
        });
    }

    public void aborted(FailureTopicQueue queue) throws Exception {
        report.check(Assumption.ABORTED_MESSAGE, () -> {
            var execution = stack.deployed().start("{\"force\": true}");
            out.printf("  run %s aborted%n", execution.runId());
            stack.aws().stepFunctions().stopExecution(request -> request.executionArn(execution.arn()));
            var status = stack.deployed().await(execution).status();
            return queue.messagesOf(execution, status.toString());
        });
    }

    private Execution run(String what, String input) throws InterruptedException {
        var execution = stack.deployed().start(input);
        out.printf("  run %s %s%n", execution.runId(), what);
        stack.deployed().await(execution);
        return execution;
    }

    private Finding published(Execution execution) throws IOException {
        var current = current();
        return Finding.of(
                current.equals(execution.runId()),
                "%s, published is %s".formatted(execution.describe().status(), current));
    }

    private String current() throws IOException {
        return bucket.manifest().orElseThrow().path("run_id").asText();
    }

    private static String rollback(String run) {
        return new ObjectMapper().createObjectNode().put("rollback_to", run).toString();
    }

    private Finding committer(Execution execution) {
        var prefix = "%srun_id=%s/".formatted(LakePaths.ROOT.dataset(), execution.runId());
        var keys = bucket
                .s3()
                .listObjectsV2Paginator(request -> request.bucket(bucket.name()).prefix(prefix))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
        var temporary = keys.stream()
                .filter(key -> key.contains("_temporary") || key.contains("__magic"))
                .count();
        return Finding.of(
                temporary == 0 && !keys.isEmpty(), "%d objects, %d temporary".formatted(keys.size(), temporary));
    }
}
