package dataprep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.OutputValue;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.UpdateSummary;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.cli.local.LocalAws;
import dataprep.cli.run.AwsClients;
import dataprep.cli.run.Execution;
import dataprep.cli.stack.DeployedDataset;
import dataprep.cli.stack.DeployedStack;
import dataprep.cli.stack.DeploymentPrinter;
import dataprep.cli.stack.PulumiStacks;
import dataprep.failures.Aws;
import dataprep.failures.SecretSearch;
import dataprep.lake.LakePaths;
import dataprep.settings.PipelineSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The stack of a test, on a local AWS of its own. */
final class StackOnLocalAws implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path state;
    private final LocalAws aws;
    private final WorkspaceStack stack;
    private final AwsClients clients;
    private Map<String, OutputValue> outputs;

    private StackOnLocalAws(Path state, LocalAws aws, WorkspaceStack stack) {
        this.state = state;
        this.aws = aws;
        this.stack = stack;
        this.clients = AwsClients.local(aws.endpoint());
    }

    static StackOnLocalAws start(Path state) throws Exception {
        return start(state, Optional.empty());
    }

    /** The same, together with the program that serves the stack's sources. */
    static StackOnLocalAws start(Path state, Optional<Path> server) throws Exception {
        var aws = LocalAws.start(state, server);
        return new StackOnLocalAws(state, aws, PulumiStacks.local(state, aws.endpoint()));
    }

    LocalAws.Endpoint endpoint() {
        return aws.endpoint();
    }

    WorkspaceStack stack() {
        return stack;
    }

    AwsClients clients() {
        return clients;
    }

    String dataBucket() {
        return outputs.get("data_bucket").value().toString();
    }

    String transformationJob() {
        return outputs.get("transformation_job").value().toString();
    }

    private String stateMachine() {
        return outputs.get("state_machine_arn").value().toString();
    }

    /** Makes Wait states and retries take a thousandth of their time. */
    void shortenWaits() throws Exception {
        try (var administrator = new Aws(aws.endpoint())) {
            administrator.faults(List.of(), Map.of());
        }
    }

    DeployedStack deployedStack(Path state) throws IOException {
        return DeployedStack.local(outputs, aws.endpoint(), state);
    }

    DeployedDataset deployed(Path state) throws IOException {
        return deployedStack(state).dataset(null);
    }

    /** Deploys like the command line. */
    Map<String, OutputValue> deploy() {
        outputs = new DeploymentPrinter(new PrintStream(new ByteArrayOutputStream())).up(stack);
        return outputs;
    }

    /** Deploys with other settings than those of the stack's file. */
    UpdateSummary deploy(PipelineSettings settings) throws Exception {
        var result = stack.up(
                UpOptions.builder().program(ctx -> App.deploy(ctx, settings)).build());
        outputs = result.outputs();
        return result.summary();
    }

    Execution start(String input) {
        var arn = clients.stepFunctions()
                .startExecution(request -> request.stateMachineArn(stateMachine())
                        .name(UUID.randomUUID().toString())
                        .input(input))
                .executionArn();
        return Execution.named(clients.stepFunctions(), stateMachine(), arn.substring(arn.lastIndexOf(':') + 1));
    }

    /** The end of an execution, in any status. */
    DescribeExecutionResponse end(Execution execution) throws InterruptedException {
        return execution.follow(event -> {}, () -> {}, Duration.ofMillis(200));
    }

    /** The output of an execution that must succeed. */
    JsonNode output(Execution execution) throws Exception {
        var end = end(execution);
        assertEquals(ExecutionStatus.SUCCEEDED, end.status(), end.error() + ": " + end.cause());
        return JSON.readTree(end.output());
    }

    /** Asserts that a secret is in no object of the data bucket, no log and no history. */
    void assertIsNowhere(String secret, Execution execution) throws IOException {
        assertEquals(List.of(), SecretSearch.objects(clients.s3(), dataBucket(), secret));
        assertEquals(List.of(), SecretSearch.files(state.resolve("log"), secret));
        assertFalse(execution.history().toString().contains(secret));
    }

    JsonNode manifest() throws IOException {
        return JSON.readTree(object(LakePaths.ROOT.manifest()));
    }

    /** The quality report of the published run. */
    JsonNode report() throws IOException {
        return JSON.readTree(object(key(manifest().path("report").asText())));
    }

    /** The keys in the data bucket that have this prefix. */
    List<String> keys(String prefix) {
        return clients
                .s3()
                .listObjectsV2(request -> request.bucket(dataBucket()).prefix(prefix))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    /** The key of an object by its URI. */
    static String key(String uri) {
        return uri.replaceFirst("^s3://[^/]*/", "");
    }

    String object(String key) {
        return clients.s3()
                .getObjectAsBytes(request -> request.bucket(dataBucket()).key(key))
                .asUtf8String();
    }

    void put(String key, String text) {
        clients.s3().putObject(request -> request.bucket(dataBucket()).key(key), RequestBody.fromString(text));
    }

    /** Asserts that the table, output.csv and the manifest belong to the same run. */
    void assertReadersSeeWhatTheManifestSays() throws IOException {
        var manifest = manifest();
        var table = publishedTable();
        if (manifest.has("metadata_location")) {
            assertEquals(
                    manifest.path("metadata_location").asText(),
                    table.parameters().get("metadata_location"));
        } else {
            assertEquals(
                    manifest.path("dataset").asText(), table.storageDescriptor().location());
        }
        var staged = manifest.path("output_csv_copied_from").asText();
        assertEquals(object(key(staged)), object(LakePaths.ROOT.outputCsv()));
        var version = clients.s3()
                .headObject(request -> request.bucket(dataBucket()).key(LakePaths.ROOT.outputCsv()))
                .versionId();
        assertEquals(version, manifest.path("output_csv_version").asText());
    }

    /** The table that the manifest names, as the catalog has it. */
    Table publishedTable() throws IOException {
        var name = manifest().path("table").asText().split("\\.");
        try (var glue = endpoint().client(GlueClient.builder())) {
            return glue.getTable(request -> request.databaseName(name[0]).name(name[1]))
                    .table();
        }
    }

    @Override
    public void close() {
        clients.close();
        aws.close();
    }
}
