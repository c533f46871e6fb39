package dataprep.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.OutputValue;
import dataprep.cli.cost.Cost;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.local.LocalAws;
import dataprep.cli.logs.CloudWatchLogs;
import dataprep.cli.logs.LogFiles;
import dataprep.cli.logs.RunLogs;
import dataprep.cli.report.RunReports;
import dataprep.cli.run.AwsClients;
import dataprep.cli.run.DataBucket;
import dataprep.cli.run.Execution;
import dataprep.cli.run.Progress;
import dataprep.cli.run.Run;
import dataprep.cli.run.RunFailureText;
import dataprep.cli.run.RunResultPrinter;
import dataprep.cli.run.RunTable;
import dataprep.cli.run.RunText;
import dataprep.cli.run.RunUsage;
import dataprep.pricing.Prices;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A deployed stack: its outputs and the clients for its resources. */
public final class DeployedStack implements AutoCloseable {
    private static final Duration LOCAL_INTERVAL = Duration.ofMillis(200);
    private static final Duration CLOUD_INTERVAL = Duration.ofSeconds(2);

    private final AwsClients clients;
    private final String stateMachineArn;
    private final String liveAliasArn;
    private final DataBucket bucket;
    private final RunLogs logs;
    private final RunReports reports;
    private final Duration interval;

    private DeployedStack(
            AwsClients clients, Map<String, OutputValue> outputs, RunLogs logs, Path state, Duration interval) {
        this.clients = clients;
        this.stateMachineArn = output(outputs, "state_machine_arn");
        this.liveAliasArn = output(outputs, "live_alias_arn");
        this.bucket = new DataBucket(clients.s3(), output(outputs, "data_bucket"));
        this.logs = logs;
        this.reports = new RunReports(clients, bucket.name(), state.resolve("reports"));
        this.interval = interval;
    }

    public static DeployedStack local(Map<String, OutputValue> outputs, LocalAws.Endpoint endpoint, Path state)
            throws IOException {
        var clients = AwsClients.local(endpoint);
        var logs = new LogFiles(
                state.resolve("log"),
                output(outputs, "extraction_function"),
                CloudWatchLogs.of(clients.logs(), PulumiStacks.qualified(PulumiStacks.LOCAL)));
        return new DeployedStack(clients, outputs, logs, state, LOCAL_INTERVAL);
    }

    public static DeployedStack cloud(String stack, Map<String, OutputValue> outputs, Path state) throws IOException {
        var clients = AwsClients.cloud(output(outputs, "state_machine_arn"));
        return new DeployedStack(
                clients,
                outputs,
                CloudWatchLogs.of(clients.logs(), PulumiStacks.qualified(stack)),
                state,
                CLOUD_INTERVAL);
    }

    /**
     * @param state the local AWS's folder; for another stack, the folder for reports
     */
    public static DeployedStack open(String stack, Path state) throws AutomationException, IOException {
        if (!stack.equals(PulumiStacks.LOCAL)) {
            return cloud(stack, PulumiStacks.deployed(stack).getOutputs(), state);
        }
        var endpoint = localEndpoint(state);
        return local(PulumiStacks.local(state, endpoint).getOutputs(), endpoint, state);
    }

    /** The endpoint of the running local AWS; fails if none is running. */
    public static LocalAws.Endpoint localEndpoint(Path state) throws IOException {
        return LocalAws.running(state)
                .orElseThrow(() -> CommandFailure.notReachable("no local AWS is running; run `make up` to start one"));
    }

    /** Deploys to a local AWS, runs the pipeline once and shows the result. */
    public static void deployAndRun(Path state, LocalAws.Endpoint endpoint, PrintStream out) throws Exception {
        var outputs = new DeploymentPrinter(out).up(PulumiStacks.local(state, endpoint));
        try (var deployed = local(outputs, endpoint, state)) {
            deployed.follow(deployed.start(false), out);
        }
    }

    public RunLogs logs() {
        return logs;
    }

    public Execution start(boolean force) {
        return start("{\"force\": %s}".formatted(force));
    }

    /** @param input of the execution, as JSON */
    public Execution start(String input) {
        return Execution.start(clients.stepFunctions(), liveAliasArn, input);
    }

    /** @param nameOrNull null for the latest */
    public Execution execution(String nameOrNull) {
        return nameOrNull == null
                ? Execution.latest(clients.stepFunctions(), stateMachineArn)
                : Execution.named(clients.stepFunctions(), stateMachineArn, nameOrNull);
    }

    /** The latest runs. */
    public RunTable runs(int most) throws IOException {
        var manifest = bucket.manifest();
        var current = manifest.map(found -> found.path("run_id").asText()).orElse("");
        var rows = new ArrayList<RunTable.Row>();
        var items = clients
                .stepFunctions()
                .listExecutionsPaginator(request -> request.stateMachineArn(stateMachineArn))
                .executions()
                .stream()
                .limit(most)
                .toList();
        for (var item : items) {
            rows.add(new RunTable.Row(
                    item, bucket.report(item.name()), item.name().equals(current)));
        }
        return new RunTable(rows);
    }

    public Run run(Execution execution) throws IOException {
        var history = execution.history();
        var usage = RunUsage.of(history, logs.ofFunction(execution.runId(), history));
        return Run.read(execution, bucket, Cost.of(usage, Prices.current()));
    }

    /** The run as an HTML page. */
    public String report(Run run) throws IOException {
        return reports.html(run);
    }

    /** Writes the report to the data bucket and to a local folder, and prints their places. */
    public void writeReport(Run run, PrintStream out) throws IOException {
        reports.write(run, out);
    }

    /** Shows a run with its quality report and what is published. */
    public void show(Run run, PrintStream out) {
        var result = new RunResultPrinter(bucket, out);
        RunText.lines(run).forEach(out::println);
        if (!run.quality().isMissingNode()) {
            result.showReport(Optional.of(run.quality()));
        }
        result.showPublished(Optional.of(run.manifest()).filter(manifest -> !manifest.isMissingNode()));
        run.failure().ifPresent(failure -> out.println("\n" + failure.text(logs.place())));
    }

    /**
     * Follows an execution to its end and shows its result.
     *
     * @throws CommandFailure if it did not succeed
     */
    public void follow(Execution execution, PrintStream out) throws InterruptedException, IOException {
        var progress = Progress.of(out);
        out.printf("Run %s%n", execution.runId());
        var end = execution.follow(progress::show, progress::tick, interval);
        var printer = new RunResultPrinter(bucket, out);
        if (end.status() == ExecutionStatus.SUCCEEDED) {
            showEnd(new ObjectMapper().readTree(end.output()), printer, out);
            var manifest = bucket.manifest();
            printer.showPublished(manifest);
            printer.showFirstRows(manifest);
        } else {
            printer.showReport(bucket.report(execution.runId()));
        }
        writeReport(run(execution), out);
        requireSuccess(end);
    }

    /** Waits silently for an execution's end. */
    public DescribeExecutionResponse await(Execution execution) throws InterruptedException {
        return execution.follow(event -> {}, () -> {}, interval);
    }

    /**
     * @throws CommandFailure with the error, if the execution did not succeed
     */
    public void requireSuccess(DescribeExecutionResponse end) {
        if (end.status() != ExecutionStatus.SUCCEEDED) {
            throw CommandFailure.failed(RunFailureText.of(end).text(logs.place()));
        }
    }

    private void showEnd(JsonNode output, RunResultPrinter printer, PrintStream out) throws IOException {
        if (output.path("published").asBoolean()) {
            printer.showReport(bucket.report(output.path("run_id").asText()));
        } else if (output.has("coalesced_into")) {
            out.println("\nCoalesced: a waiting run reads the sources instead of this one.");
        } else {
            out.println("\nNothing to do: no source, recipe or code has changed since the last publish.");
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    private static String output(Map<String, OutputValue> outputs, String name) {
        var value = outputs.get(name);
        if (value == null) {
            throw CommandFailure.notReachable("the stack has no output '" + name + "': it is not deployed");
        }
        return value.value().toString();
    }
}
