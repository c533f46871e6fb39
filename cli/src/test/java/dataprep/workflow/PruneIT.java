package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Jsonata;
import dataprep.asl.Pass;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.cli.local.LocalAws;
import dataprep.iam.PolicyDocument;
import dataprep.settings.MonitoringSettings;
import dataprep.settings.WorkflowSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The pruning states alone, with only their own permissions, on a local AWS. */
class PruneIT {
    private static final String BUCKET = ResourceNames.placeholders().dataBucket();

    private LocalAws aws;
    private S3Client s3;

    @BeforeEach
    void start() throws Exception {
        aws = LocalAws.start(Path.of("target", "prune-it"));
        s3 = aws.endpoint().client(S3Client.builder().forcePathStyle(true));
        s3.createBucket(request -> request.bucket(BUCKET));
        for (var run : List.of("kept", "old")) {
            put("transformed-data/dataset/run_id=%s/part-0.parquet".formatted(run));
            put("transformed-data/dataset/run_id=%s/_objects.json".formatted(run));
        }
        put("reports/run_id=old/quality.json");
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    @Timeout(60)
    void theDataSetsOfIdleRunsThatAreNotRetainedAreDeleted() {
        prune(0);
        assertEquals(
                List.of(
                        "reports/run_id=old/quality.json",
                        "transformed-data/dataset/run_id=kept/_objects.json",
                        "transformed-data/dataset/run_id=kept/part-0.parquet"),
                keys());
    }

    /** It may belong to a run in progress. */
    @Test
    @Timeout(60)
    void aRecentlyWrittenDataSetIsNotDeleted() {
        prune(1);
        assertEquals(5, keys().size());
    }

    private void prune(int runTimeoutMinutes) {
        var settings = new WorkflowSettings(
                List.of(),
                Optional.empty(),
                Set.of(),
                1,
                1,
                1,
                Optional.empty(),
                runTimeoutMinutes,
                false,
                1,
                "v",
                new MonitoringSettings("", "", List.of(), false, false, false));
        var states = new PruneStates(settings, ResourceNames.placeholders(), "Published");
        var machine = StateMachine.startAt("Given")
                .state(
                        "Given",
                        Pass.create()
                                .assign("manifest", Map.of("history", List.of(Map.of("run_id", "kept"))))
                                .next("ListRuns"))
                .state("ListRuns", states.listRuns())
                .state("PruneRuns", states.pruneRuns())
                .state("MoreRuns", states.moreRuns())
                .state("ListMoreRuns", states.listMoreRuns())
                .state("Published", Succeed.create().output(Jsonata.of("$pruneWarnings")));
        run(machine);
    }

    private void run(StateMachine machine) {
        try (var iam = aws.endpoint().client(IamClient.builder());
                var stepFunctions = aws.endpoint().client(SfnClient.builder())) {
            var role = iam.createRole(request -> request.roleName("pruning")
                            .assumeRolePolicyDocument(
                                    PolicyDocument.trust("states.amazonaws.com").toJson()))
                    .role();
            iam.putRolePolicy(request -> request.roleName("pruning")
                    .policyName("own")
                    .policyDocument(PolicyDocument.of(machine.permissions()).toJson()));
            var arn = stepFunctions
                    .createStateMachine(request ->
                            request.name("pruning").definition(machine.toJson()).roleArn(role.arn()))
                    .stateMachineArn();
            var execution = stepFunctions
                    .startExecution(request -> request.stateMachineArn(arn).name("one"))
                    .executionArn();
            assertEquals(ExecutionStatus.SUCCEEDED, ended(stepFunctions, execution));
            assertEquals(List.of(), failures(stepFunctions, execution));
        }
    }

    /** An error in pruning does not fail a run, but fails this test machine. */
    private static List<String> failures(SfnClient stepFunctions, String execution) {
        return stepFunctions.getExecutionHistory(request -> request.executionArn(execution)).events().stream()
                .filter(event -> event.typeAsString().endsWith("Failed"))
                .map(HistoryEvent::taskFailedEventDetails)
                .map(details -> details.error() + ": " + details.cause())
                .toList();
    }

    private static ExecutionStatus ended(SfnClient stepFunctions, String execution) {
        while (true) {
            var status = stepFunctions
                    .describeExecution(request -> request.executionArn(execution))
                    .status();
            if (status != ExecutionStatus.RUNNING) {
                return status;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(String key) {
        s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString("x"));
    }

    private List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
