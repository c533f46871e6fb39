package dataprep.failures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.cli.LocalAws;
import dataprep.cli.Stack;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import dataprep.workflow.LakePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * The stack on a local AWS of its own, for tests that run it very often.
 *
 * <p>Deployed once, through the engine, with a small recipe of one source. The first run is a real one, Spark included;
 * afterwards the job's script is one that copies what that run wrote (src/test/resources/replay), so that a run takes
 * one or two seconds. All else stays the deployed pipeline: the function runs, every call goes to an API with its
 * role's credentials, and the job reads and writes with its own.
 */
final class LocalPipeline implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REPLAY = Path.of("src", "test", "resources", "replay");
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final LocalAws local;
    private final WorkspaceStack stack;
    private final Map<String, String> outputs;
    private final String messages;
    final Aws aws;

    private LocalPipeline(Path state) throws Exception {
        this.local = LocalAws.start(state);
        this.aws = new Aws(local.endpoint());
        this.stack = Stack.local(state, local.endpoint());
        this.outputs = deploy(settings(Map.of()));
        this.messages =
                aws.sqs.createQueue(request -> request.queueName("failures")).queueUrl();
        aws.sns.subscribe(request -> request.topicArn(output("failure_topic"))
                .protocol("sqs")
                .endpoint("arn:aws:sqs:%s:%s:failures"
                        .formatted(local.endpoint().region(), local.endpoint().account())));
    }

    /** Deploys and runs once for real. */
    static LocalPipeline deployed(Path state) throws Exception {
        var pipeline = new LocalPipeline(state);
        var first = pipeline.run();
        if (first.status() != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException("the first run failed: " + first.cause());
        }
        pipeline.replay(first.name());
        return pipeline;
    }

    static PipelineSettings settings(Map<String, String> changes) {
        var all = new HashMap<>(changes);
        all.put("recipe", REPLAY.resolve("recipe.json").toString());
        all.put("sources", "[{\"name\": \"airlines\", \"uri\": \"s3://{dataBucket}/samples/airlines.csv\"}]");
        return StackFiles.settings(Stack.LOCAL, all);
    }

    Map<String, String> deploy(PipelineSettings settings) throws Exception {
        var options =
                UpOptions.builder().program(ctx -> App.deploy(ctx, settings)).build();
        var result = new HashMap<String, String>();
        stack.up(options)
                .outputs()
                .forEach((name, value) -> result.put(name, value.value().toString()));
        return result;
    }

    String output(String name) {
        return outputs.get(name);
    }

    /** A forced run, followed to its end. */
    DescribeExecutionResponse run() throws InterruptedException {
        return end(start());
    }

    String start() {
        return start(UUID.randomUUID().toString());
    }

    String start(String name) {
        return aws.stepFunctions
                .startExecution(request -> request.stateMachineArn(output("state_machine_arn"))
                        .name(name)
                        .input("{\"force\": true}"))
                .executionArn();
    }

    DescribeExecutionResponse end(String execution) throws InterruptedException {
        while (true) {
            var seen = aws.stepFunctions.describeExecution(request -> request.executionArn(execution));
            if (seen.status() != ExecutionStatus.RUNNING) {
                return seen;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    List<HistoryEvent> history(String execution) {
        return aws
                .stepFunctions
                .getExecutionHistoryPaginator(request -> request.executionArn(execution))
                .events()
                .stream()
                .toList();
    }

    /** The messages that the failure topic has got since the last look. */
    List<JsonNode> messages() throws IOException {
        var found = new ArrayList<JsonNode>();
        while (true) {
            var batch = aws.sqs
                    .receiveMessage(request -> request.queueUrl(messages).maxNumberOfMessages(10))
                    .messages();
            if (batch.isEmpty()) {
                return found;
            }
            for (var message : batch) {
                found.add(JSON.readTree(
                        JSON.readTree(message.body()).path("Message").asText()));
                aws.sqs.deleteMessage(request -> request.queueUrl(messages).receiptHandle(message.receiptHandle()));
            }
        }
    }

    /** The run that the manifest names; the empty text if there is no manifest. */
    String publishedRun() throws IOException {
        try {
            return JSON.readTree(text(LakePaths.MANIFEST)).path("run_id").asText();
        } catch (NoSuchKeyException e) {
            return "";
        }
    }

    String text(String key) {
        return aws.s3
                .getObjectAsBytes(
                        request -> request.bucket(output("data_bucket")).key(key))
                .asUtf8String();
    }

    void write(String key, String text) {
        aws.s3.putObject(request -> request.bucket(output("data_bucket")).key(key), RequestBody.fromString(text));
    }

    /** Where the catalog's table points to. */
    String tableLocation() {
        var database =
                aws.glue.getDatabases(request -> {}).databaseList().get(0).name();
        var table = settings(Map.of()).recipe().name();
        return aws.glue
                .getTable(request -> request.databaseName(database).name(table))
                .table()
                .storageDescriptor()
                .location();
    }

    private void replay(String run) throws IOException {
        var job = aws.glue.getJob(request -> request.jobName(output("transformation_job")));
        var script =
                job.job().command().scriptLocation().replaceFirst("s3://", "").split("/", 2);
        var text = Files.readString(REPLAY.resolve("transform.py")).replace("@RECORDED@", run);
        aws.s3.putObject(request -> request.bucket(script[0]).key(script[1]), RequestBody.fromString(text));
    }

    @Override
    public void close() {
        aws.close();
        local.close();
    }
}
