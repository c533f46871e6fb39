package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.OperationType;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.settings.StackFiles;
import dataprep.workflow.LakePaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The life of a stack on the local AWS, through the real engine: each test goes on where the one before it ended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {
    private static final Path STATE = Path.of("target", "pipeline-it");
    private static final ObjectMapper JSON = new ObjectMapper();

    private LocalAws aws;
    private WorkspaceStack stack;
    private DeployedStack deployed;
    private AwsClients clients;
    private String dataBucket;
    private String firstRun;

    @BeforeAll
    void startLocalAws() throws Exception {
        aws = LocalAws.start(STATE);
        clients = AwsClients.local(aws.endpoint());
        stack = Stack.local(STATE, aws.endpoint());
    }

    @AfterAll
    void stopLocalAws() {
        if (deployed != null) {
            deployed.close();
        }
        clients.close();
        aws.close();
    }

    @Test
    @Order(1)
    void theProgramDeploysThroughTheEngine() throws Exception {
        var outputs = new Deployment(new PrintStream(new ByteArrayOutputStream())).up(stack);
        assertEquals(
                List.of(
                        "data_bucket",
                        "extraction_function",
                        "failure_topic",
                        "live_alias_arn",
                        "state_machine_arn",
                        "transformation_job"),
                outputs.keySet().stream().sorted().toList());
        deployed = DeployedStack.local(outputs, aws.endpoint(), STATE);
        dataBucket = outputs.get("data_bucket").value().toString();
    }

    @Test
    @Order(2)
    void aPreviewAfterwardsShowsNoDifference() throws Exception {
        var changes = stack.preview().changeSummary();
        assertEquals(Set.of(OperationType.SAME), changes.keySet(), changes.toString());
    }

    @Test
    @Order(3)
    void aRunPublishesWhatAnIndependentComputationGives() throws Exception {
        var shown = follow(false);
        firstRun = manifest().path("run_id").asText();
        assertEquals(ExpectedRows.published(), publishedRows());
        assertEquals(2_695, manifest().path("rows").asInt());
        assertTrue(shown.contains("2,699 in, 2,695 out, 4 quarantined"), shown);
        assertTrue(shown.contains("flights.tail_number: required"), shown);
        assertTrue(shown.contains("ExtractSource    done in"), shown);
    }

    @Test
    @Order(4)
    void anotherRunFindsNothingToDo() throws Exception {
        var shown = follow(false);
        assertTrue(shown.contains("Nothing to do"), shown);
        assertEquals(firstRun, manifest().path("run_id").asText());
    }

    @Test
    @Order(5)
    void aForcedRunPublishesTheSameRowsAgain() throws Exception {
        follow(true);
        assertNotEquals(firstRun, manifest().path("run_id").asText());
        assertEquals(ExpectedRows.published(), publishedRows());
    }

    @Test
    @Order(6)
    void aChangedSettingChangesOnlyWhatItConcerns() throws Exception {
        var settings = StackFiles.settings(Stack.LOCAL, Map.of("logRetentionDays", "60"));
        var options =
                UpOptions.builder().program(ctx -> App.deploy(ctx, settings)).build();
        var changes = stack.up(options).summary().resourceChanges();
        assertEquals(Set.of(OperationType.UPDATE, OperationType.SAME), changes.keySet(), changes.toString());
        assertEquals(3, changes.get(OperationType.UPDATE), changes.toString());
    }

    @Test
    @Order(7)
    void aMissingSourceFailsTheRunAndLeavesThePublishedDataAlone() throws Exception {
        var before = manifest();
        clients.s3().deleteObject(request -> request.bucket(dataBucket).key("samples/weather.csv"));
        var failure = assertThrows(CommandFailure.class, () -> follow(true));
        assertTrue(failure.getMessage().contains("ExtractData"), failure.getMessage());
        assertTrue(failure.getMessage().contains("SourceNotFound"), failure.getMessage());
        assertEquals(before, manifest());
        assertEquals(ExpectedRows.published(), publishedRows());
    }

    @Test
    @Order(8)
    void aRefreshSeesWhatWasRemovedAndTheNextUpMendsIt() throws Exception {
        stack.refresh();
        var changes = stack.up().summary().resourceChanges();
        assertEquals(1, changes.get(OperationType.CREATE), changes.toString());
        follow(true);
    }

    @Test
    @Order(9)
    void destroyLeavesNothing() throws Exception {
        stack.destroy();
        assertEquals(List.of(), clients.s3().listBuckets().buckets());
        assertEquals(List.of(), clients.stepFunctions().listStateMachines().stateMachines());
    }

    private String follow(boolean force) throws Exception {
        var shown = new ByteArrayOutputStream();
        deployed.follow(deployed.start(force), new PrintStream(shown, true, StandardCharsets.UTF_8));
        return shown.toString(StandardCharsets.UTF_8);
    }

    private JsonNode manifest() throws IOException {
        return JSON.readTree(object(LakePaths.MANIFEST));
    }

    private TreeSet<String> publishedRows() {
        return object(LakePaths.OUTPUT_CSV).lines().skip(1).collect(Collectors.toCollection(TreeSet::new));
    }

    private String object(String key) {
        return clients.s3()
                .getObjectAsBytes(request -> request.bucket(dataBucket).key(key))
                .asUtf8String();
    }
}
