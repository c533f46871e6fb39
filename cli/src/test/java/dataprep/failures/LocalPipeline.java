package dataprep.failures;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.WorkspaceStack;
import dataprep.App;
import dataprep.cli.local.LocalAws;
import dataprep.cli.stack.PulumiStacks;
import dataprep.lake.LakePaths;
import dataprep.settings.PipelineSettings;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The stack on its own local AWS, for tests with many runs.
 *
 * <p>Deployed once, through the engine, with a small recipe of one source. The first run is a real one, Spark included;
 * afterwards the job's script is one that copies what that run wrote (src/test/resources/replay), so that a run takes
 * one or two seconds. All else stays the deployed pipeline: the function runs, every call goes to an API with its
 * role's credentials, and the job reads and writes with its own.
 */
final class LocalPipeline {
    /** An action of a test that may throw. */
    interface Work<T> {
        T run() throws Exception;
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REPLAY = Path.of("cli", "src", "test", "resources", "replay");
    /** The prefix with a copy of the first run; the job may read it, and no run prunes it. */
    private static final String RECORDING = LakePaths.ROOT.raw() + "run_id=recorded/";

    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final long EVENT_NANOS = 10_000_000_000L;

    private static LocalPipeline shared;

    private final Path state;
    private final LocalAws local;
    private final WorkspaceStack stack;
    private final Map<String, String> outputs;
    private final String messages;
    final PublishedData data;
    final DeployedMachine machine;
    private String recorded;
    private String recordedJobRun;
    private Situations situations;
    final Aws aws;

    private LocalPipeline(Path state) throws Exception {
        this.state = state;
        this.local = LocalAws.start(state);
        this.aws = new Aws(local.endpoint());
        this.stack = PulumiStacks.local(state, local.endpoint());
        this.outputs = deploy(settings(Map.of()));
        this.data = new PublishedData(aws, output("data_bucket"));
        this.machine = new DeployedMachine(aws, output("state_machine_arn"));
        this.messages =
                aws.sqs.createQueue(request -> request.queueName("failures")).queueUrl();
        aws.sns.subscribe(request -> request.topicArn(output("failure_topic"))
                .protocol("sqs")
                .endpoint("arn:aws:sqs:%s:%s:failures"
                        .formatted(local.endpoint().region(), local.endpoint().account())));
    }

    /** The instance that all tests of this process share, without faults; it ends with the process. */
    static synchronized LocalPipeline shared() throws Exception {
        if (shared == null) {
            shared = deployed(Path.of("target", "local-pipeline-it-" + Integer.getInteger("fork", 1)));
        }
        shared.aws.noFaults();
        return shared;
    }

    private static LocalPipeline deployed(Path state) throws Exception {
        var pipeline = new LocalPipeline(state);
        var first = pipeline.run();
        if (first.status() != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException("the first run failed: " + first.cause());
        }
        pipeline.recorded = first.name();
        pipeline.recordedJobRun = pipeline.data.jobRun(first.name());
        pipeline.data.copyWhatIsOf(first.name(), RECORDING);
        pipeline.useReplay();
        return pipeline;
    }

    static PipelineSettings settings(Map<String, String> changes) {
        var all = new HashMap<>(changes);
        all.put("recipe", REPLAY.resolve("recipe.json").toString());
        all.putIfAbsent("sources", "[{\"name\": \"airlines\", \"uri\": \"s3://{dataBucket}/samples/airlines.csv\"}]");
        return StackFiles.settings(PulumiStacks.LOCAL, all);
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

    /** Invokes the extraction function for a run of this name; returns its response or its error. */
    String extract(String run) {
        var bucket = output("data_bucket");
        var event = """
                {"source": {"name": "airlines", "uri": "s3://%1$s/samples/airlines.csv"}, "run_id": "%2$s",
                 "destination": "s3://%1$s/raw/run_id=%2$s/airlines/", "published": null, "incremental": false}""".formatted(bucket, run);
        return aws.lambda
                .invoke(request ->
                        request.functionName(output("extraction_function")).payload(SdkBytes.fromUtf8String(event)))
                .payload()
                .asUtf8String();
    }

    /**
     * Invokes the lineage function as EventBridge does for the end of a run; returns its response or its error.
     *
     * @param stateMachine whose run it is said to be
     */
    String recordLineage(DescribeExecutionResponse run, String stateMachine) {
        var event = JSON.createObjectNode();
        event.putObject("detail")
                .put("executionArn", run.executionArn())
                .put("name", run.name())
                .put("stateMachineArn", stateMachine)
                .put("status", run.statusAsString())
                .put("output", run.output())
                .put("startDate", run.startDate().toEpochMilli());
        var name = aws.lambda.listFunctionsPaginator().functions().stream()
                .map(function -> function.functionName())
                .filter(function -> function.startsWith("lineage"))
                .findFirst()
                .orElseThrow();
        return aws.lambda
                .invoke(request -> request.functionName(name).payload(SdkBytes.fromUtf8String(event.toString())))
                .payload()
                .asUtf8String();
    }

    /** A run with {@code force}, followed to its end. */
    DescribeExecutionResponse run() throws InterruptedException {
        return end(start());
    }

    String start() {
        return start(UUID.randomUUID().toString());
    }

    String start(String name) {
        return start(name, "{\"force\": true}");
    }

    String start(String name, String input) {
        return aws.stepFunctions
                .startExecution(request -> request.stateMachineArn(output("state_machine_arn"))
                        .name(name)
                        .input(input))
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

    History history(String execution) {
        return new History(
                aws
                        .stepFunctions
                        .getExecutionHistoryPaginator(request -> request.executionArn(execution))
                        .events()
                        .stream()
                        .toList());
    }

    /**
     * The messages of the failure topic since the last call; waits for this number, because events are asynchronous.
     */
    List<String> messages(int least) throws Exception {
        var found = messages();
        for (var deadline = System.nanoTime() + EVENT_NANOS; found.size() < least && System.nanoTime() < deadline; ) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
            found.addAll(messages());
        }
        return found;
    }

    /** The messages of the failure topic since the last call. */
    List<String> messages() throws IOException {
        var found = new ArrayList<String>();
        while (true) {
            var batch = aws.sqs
                    .receiveMessage(request -> request.queueUrl(messages).maxNumberOfMessages(10))
                    .messages();
            if (batch.isEmpty()) {
                return found;
            }
            for (var message : batch) {
                found.add(JSON.readTree(message.body()).path("Message").asText());
                aws.sqs.deleteMessage(request -> request.queueUrl(messages).receiptHandle(message.receiptHandle()));
            }
        }
    }

    /** Every run lists the data sets of all earlier runs, so hundreds of them would slow the tests down. */
    void forgetEarlierRuns() throws IOException {
        data.deleteDataSetsBut(data.publishedRun());
    }

    /** The run of the Spark job, which later runs copy. */
    String recordedRun() {
        return recorded;
    }

    /** The situations that lead a run to each task. */
    Situations situations() throws Exception {
        if (situations == null) {
            situations = Situations.of(this);
        }
        return situations;
    }

    /** Later runs use the real job. */
    void useSpark() throws IOException {
        useScript(Files.readString(Path.of("glue-scripts", "transform.py")));
    }

    /** Later runs copy the output of the first run. */
    void useReplay() throws IOException {
        useScript(Files.readString(REPLAY.resolve("transform.py"))
                .replace("@RECORDED_JOB_RUN@", recordedJobRun)
                .replace("@RECORDED@", recorded)
                .replace("@RECORDING@", RECORDING));
    }

    void useScript(String text) {
        var job = aws.glue.getJob(request -> request.jobName(output("transformation_job")));
        var place =
                job.job().command().scriptLocation().replaceFirst("s3://", "").split("/", 2);
        aws.s3.putObject(request -> request.bucket(place[0]).key(place[1]), RequestBody.fromString(text));
    }

    /** The folder with all logs. */
    Path logs() {
        return state.resolve("log");
    }

    /** The secrets of all callers, which no log may contain. */
    List<String> secrets() {
        return List.of(local.endpoint().accessKeyId(), local.endpoint().secretAccessKey());
    }

    Map<String, String> environment() throws IOException {
        return PulumiStacks.environment(state, local.endpoint());
    }
}
