package dataprep.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.catalog.CatalogEntry;
import dataprep.cli.catalog.CatalogReader;
import dataprep.cli.cost.Cost;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.logs.RunLogs;
import dataprep.cli.report.RunReports;
import dataprep.cli.run.AwsClients;
import dataprep.cli.run.DataBucket;
import dataprep.cli.run.DatasetTable;
import dataprep.cli.run.Execution;
import dataprep.cli.run.Progress;
import dataprep.cli.run.Run;
import dataprep.cli.run.RunFailureText;
import dataprep.cli.run.RunResultPrinter;
import dataprep.cli.run.RunTable;
import dataprep.cli.run.RunText;
import dataprep.cli.run.RunUsage;
import dataprep.lake.LakePaths;
import dataprep.pricing.Prices;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A data set of a deployed stack: its state machine, its objects and its runs. */
public final class DeployedDataset implements AutoCloseable {
    private static final int CATALOG_RUNS = 5;

    private final DeployedStack stack;
    private final Description description;
    private final AwsClients clients;
    private final DataBucket bucket;
    private final RunReports reports;

    /**
     * The stack's output about a data set.
     *
     * @param prefix of its keys in the data bucket; empty for a stack's only data set
     * @param reads the names of the data sets that it reads
     */
    public record Description(
            String name, String stateMachineArn, String liveAliasArn, String prefix, SortedSet<String> reads) {}

    DeployedDataset(DeployedStack stack, Description description) {
        this.stack = stack;
        this.description = description;
        this.clients = stack.clients();
        this.bucket = new DataBucket(clients.s3(), stack.dataBucket(), new LakePaths(description.prefix()));
        this.reports = new RunReports(clients, bucket, stack.reportFolder());
    }

    public String name() {
        return description.name();
    }

    public String stateMachineArn() {
        return description.stateMachineArn();
    }

    /** The names of the data sets that this one reads. */
    public SortedSet<String> reads() {
        return description.reads();
    }

    public RunLogs logs() {
        return stack.logs();
    }

    public Execution start(boolean force) {
        return start("{\"force\": %s}".formatted(force));
    }

    /** @param input of the execution, as JSON */
    public Execution start(String input) {
        return Execution.start(clients.stepFunctions(), description.liveAliasArn(), input);
    }

    /** @param nameOrNull null for the latest */
    public Execution execution(String nameOrNull) {
        return nameOrNull == null
                ? Execution.latest(clients.stepFunctions(), stateMachineArn())
                : Execution.named(clients.stepFunctions(), stateMachineArn(), nameOrNull);
    }

    /** The first execution that started at this time or later. */
    Optional<Execution> startedSince(Instant time) {
        return clients
                .stepFunctions()
                .listExecutionsPaginator(request -> request.stateMachineArn(stateMachineArn()))
                .executions()
                .stream()
                .takeWhile(item -> !item.startDate().isBefore(time))
                .reduce((later, earlier) -> earlier)
                .map(item -> execution(item.name()));
    }

    /** An execution that is running. */
    Optional<Execution> running() {
        return clients
                .stepFunctions()
                .listExecutions(
                        request -> request.stateMachineArn(stateMachineArn()).statusFilter(ExecutionStatus.RUNNING))
                .executions()
                .stream()
                .findFirst()
                .map(item -> execution(item.name()));
    }

    /** The latest run and what is published. */
    DatasetTable.Row row() throws IOException {
        var latest = clients
                .stepFunctions()
                .listExecutions(
                        request -> request.stateMachineArn(stateMachineArn()).maxResults(1))
                .executions()
                .stream()
                .findFirst();
        return new DatasetTable.Row(name(), latest, bucket.manifest(), reads());
    }

    /** What the catalog page shows. */
    CatalogEntry catalogEntry() throws IOException {
        return new CatalogReader(clients)
                .read(stateMachineArn(), reads(), runs(CATALOG_RUNS).rows(), bucket.manifest());
    }

    /** The data sets that read this one. */
    public List<DeployedDataset> readers() {
        return stack.datasets().stream()
                .filter(dataset -> dataset.reads().contains(name()))
                .toList();
    }

    /** The latest runs. */
    public RunTable runs(int most) throws IOException {
        var manifest = bucket.manifest();
        var current = manifest.map(found -> found.path("run_id").asText()).orElse("");
        var rows = new ArrayList<RunTable.Row>();
        var items = clients
                .stepFunctions()
                .listExecutionsPaginator(request -> request.stateMachineArn(stateMachineArn()))
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
        var usage = RunUsage.of(history, logs().ofFunction(execution.runId(), history));
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
        run.failure().ifPresent(failure -> out.println("\n" + failure.text(logs().place())));
    }

    /**
     * Follows an execution to its end and shows its result.
     *
     * @throws CommandFailure if it did not succeed
     */
    public void follow(Execution execution, PrintStream out) throws InterruptedException, IOException {
        var progress = Progress.of(out);
        out.printf("Run %s%n", execution.runId());
        var end = execution.follow(progress::show, progress::tick, stack.interval());
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
        return execution.follow(event -> {}, () -> {}, stack.interval());
    }

    /**
     * @throws CommandFailure with the error, if the execution did not succeed
     */
    public void requireSuccess(DescribeExecutionResponse end) {
        if (end.status() != ExecutionStatus.SUCCEEDED) {
            throw CommandFailure.failed(RunFailureText.of(end).text(logs().place()));
        }
    }

    private void showEnd(JsonNode output, RunResultPrinter printer, PrintStream out) throws IOException {
        if (output.path("published").asBoolean()) {
            printer.showReport(bucket.report(output.path("run_id").asText()));
        } else if (output.has("coalesced_into")) {
            out.println("\nCoalesced: a waiting run reads the sources instead of this one.");
        } else if (output.has("awaits")) {
            out.printf("%nNothing to do yet: %s.%n", output.path("awaits").asText());
        } else {
            out.println("\nNothing to do: no source, recipe or code has changed since the last publish.");
        }
    }

    /** Closes the stack's clients. */
    @Override
    public void close() {
        stack.close();
    }
}
