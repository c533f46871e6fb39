package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pulumi.automation.OperationType;
import com.pulumi.automation.OutputValue;
import com.pulumi.automation.PreviewOptions;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.local.LocalAws;
import dataprep.cli.run.AwsClients;
import dataprep.cli.run.Execution;
import dataprep.cli.stack.PulumiStacks;
import dataprep.lake.LakePaths;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** A stack with all optional settings on: each test continues from the state that the previous one left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EverythingOnIT {
    private static final Path STATE = Path.of("target", "everything-on-it");
    private static final PipelineSettings SETTINGS = StackFiles.settings(PulumiStacks.LOCAL, StackFiles.EVERYTHING_ON);

    private LocalAws aws;
    private WorkspaceStack stack;
    private AwsClients clients;
    private Map<String, OutputValue> outputs;

    @BeforeAll
    void startLocalAws() throws Exception {
        aws = LocalAws.start(STATE);
        clients = AwsClients.local(aws.endpoint());
        stack = PulumiStacks.local(STATE, aws.endpoint());
    }

    @AfterAll
    void stopLocalAws() {
        clients.close();
        aws.close();
    }

    @Test
    @Order(1)
    void itPreviewsAndDeploys() throws Exception {
        preview();
        outputs = stack.up(UpOptions.builder()
                        .program(ctx -> App.deploy(ctx, SETTINGS))
                        .build())
                .outputs();
        assertTrue(output("live_alias_arn").endsWith(":live"));
    }

    @Test
    @Order(2)
    void aPreviewAfterwardsShowsNoDifference() throws Exception {
        var changes = preview();
        assertEquals(Set.of(OperationType.SAME), changes.keySet(), changes.toString());
    }

    @Test
    @Order(3)
    void aNewObjectStartsARunOfTheLiveVersion() throws Exception {
        var weather = Path.of("samples", "weather.csv");
        clients.s3()
                .putObject(
                        request -> request.bucket(output("data_bucket")).key("samples/weather.csv"),
                        RequestBody.fromFile(weather));
        var execution = await();
        var events = new ArrayList<HistoryEvent>();
        var ended = execution.follow(events::add, () -> {}, Duration.ofMillis(200));
        assertEquals(ExecutionStatus.SUCCEEDED, ended.status(), ended.cause());
        assertTrue(entered(events, "RecordRows"), events.toString());
        assertEquals(List.of("aws-sdk:s3"), failedCalls(events), "of a first run, which has no manifest yet");
        assertEquals(output("live_alias_arn"), ended.stateMachineAliasArn());
        assertEquals(output("state_machine_arn") + ":1", ended.stateMachineVersionArn());
    }

    @Test
    @Order(8)
    void theDataSurviveADestroyWhileTheyAreProtected() {
        var refused = assertThrows(Exception.class, stack::destroy);
        assertTrue(refused.getMessage().contains("protect"), refused.getMessage());
        var manifest = clients.s3()
                .headObject(request -> request.bucket(output("data_bucket")).key(LakePaths.ROOT.manifest()));
        assertTrue(manifest.contentLength() > 0);
    }

    @Test
    @Order(9)
    void withoutProtectionTheDataAreDeleted() throws Exception {
        var changes = new HashMap<>(StackFiles.EVERYTHING_ON);
        changes.putAll(Map.of("protectData", "false", "deleteDataOnDestroy", "true"));
        var settings = StackFiles.settings(PulumiStacks.LOCAL, changes);
        stack.up(UpOptions.builder().program(ctx -> App.deploy(ctx, settings)).build());
        stack.destroy();
        assertEquals(List.of(), clients.s3().listBuckets().buckets());
        assertEquals(List.of(), clients.stepFunctions().listStateMachines().stateMachines());
    }

    private Map<OperationType, Integer> preview() throws Exception {
        return stack.preview(PreviewOptions.builder()
                        .program(ctx -> App.deploy(ctx, SETTINGS))
                        .build())
                .changeSummary();
    }

    private static List<String> failedCalls(List<HistoryEvent> events) {
        return events.stream()
                .filter(event -> event.type() == HistoryEventType.TASK_FAILED)
                .map(event -> event.taskFailedEventDetails().resourceType())
                .toList();
    }

    private static boolean entered(List<HistoryEvent> events, String state) {
        return events.stream()
                .filter(event -> event.stateEnteredEventDetails() != null)
                .anyMatch(event -> event.stateEnteredEventDetails().name().equals(state));
    }

    private Execution await() throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return Execution.latest(clients.stepFunctions(), output("state_machine_arn"));
            } catch (CommandFailure e) {
                assertTrue(System.nanoTime() < deadline, e.getMessage());
                Thread.sleep(100);
            }
        }
    }

    private String output(String name) {
        return outputs.get(name).value().toString();
    }
}
