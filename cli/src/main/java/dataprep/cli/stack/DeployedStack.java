package dataprep.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.OutputValue;
import dataprep.cli.catalog.CatalogEntry;
import dataprep.cli.exit.CommandFailure;
import dataprep.cli.local.LocalAws;
import dataprep.cli.logs.CloudWatchLogs;
import dataprep.cli.logs.LogFiles;
import dataprep.cli.logs.RunLogs;
import dataprep.cli.run.AwsClients;
import dataprep.cli.run.DatasetTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A deployed stack: its data sets and the clients for its resources. */
public final class DeployedStack implements AutoCloseable {
    private static final Duration LOCAL_INTERVAL = Duration.ofMillis(200);
    private static final Duration CLOUD_INTERVAL = Duration.ofSeconds(2);

    private final AwsClients clients;
    private final String dataBucket;
    private final List<DeployedDataset> datasets;
    private final RunLogs logs;
    private final Path reportFolder;
    private final Duration interval;

    private DeployedStack(
            AwsClients clients, Map<String, OutputValue> outputs, RunLogs logs, Path state, Duration interval) {
        this.clients = clients;
        this.dataBucket = output(outputs, "data_bucket");
        this.logs = logs;
        this.reportFolder = state.resolve("reports");
        this.interval = interval;
        this.datasets = ordered(output(outputs, "datasets")).stream()
                .map(description -> new DeployedDataset(this, description))
                .toList();
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

    /** The data sets, each after those that it reads. */
    public List<DeployedDataset> datasets() {
        return datasets;
    }

    /**
     * A data set.
     *
     * @param nameOrNull null for the stack's only one
     * @throws CommandFailure if there is no such data set, or several and no name
     */
    public DeployedDataset dataset(String nameOrNull) {
        if (nameOrNull == null && datasets.size() == 1) {
            return datasets.get(0);
        }
        return datasets.stream()
                .filter(dataset -> dataset.name().equals(nameOrNull))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("data set: %s; must be one of %s"
                        .formatted(
                                nameOrNull == null ? "is missing" : "invalid value '%s'".formatted(nameOrNull),
                                String.join(
                                        ", ",
                                        datasets.stream()
                                                .map(DeployedDataset::name)
                                                .toList()))));
    }

    /** The data sets with their latest runs. */
    public DatasetTable table() throws IOException {
        var rows = new ArrayList<DatasetTable.Row>();
        for (var dataset : datasets) {
            rows.add(dataset.row());
        }
        return new DatasetTable(rows, Instant.now());
    }

    /** What the catalog page shows of each data set. */
    public List<CatalogEntry> catalog() throws IOException {
        var entries = new ArrayList<CatalogEntry>();
        for (var dataset : datasets) {
            entries.add(dataset.catalogEntry());
        }
        return entries;
    }

    AwsClients clients() {
        return clients;
    }

    String dataBucket() {
        return dataBucket;
    }

    RunLogs logs() {
        return logs;
    }

    /** The local folder of reports. */
    public Path reportFolder() {
        return reportFolder;
    }

    Duration interval() {
        return interval;
    }

    @Override
    public void close() {
        clients.close();
    }

    private static List<DeployedDataset.Description> ordered(String json) {
        var rest = new LinkedHashMap<String, DeployedDataset.Description>();
        descriptions(json).forEach(description -> rest.put(description.name(), description));
        var ordered = new ArrayList<DeployedDataset.Description>();
        while (!rest.isEmpty()) {
            var next = rest.values().stream()
                    .filter(description -> description.reads().stream().noneMatch(rest::containsKey))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("data sets read each other: " + rest.keySet()));
            ordered.add(rest.remove(next.name()));
        }
        return ordered;
    }

    private static List<DeployedDataset.Description> descriptions(String json) {
        try {
            var found = new ArrayList<DeployedDataset.Description>();
            new ObjectMapper().readTree(json).properties().forEach(entry -> {
                var value = entry.getValue();
                var reads = new TreeSet<String>();
                value.path("reads").forEach(name -> reads.add(name.asText()));
                found.add(new DeployedDataset.Description(
                        entry.getKey(),
                        text(value, "state_machine_arn"),
                        text(value, "live_alias_arn"),
                        text(value, "prefix"),
                        reads));
            });
            return found;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stack's output 'datasets' is not JSON: " + json, e);
        }
    }

    private static String text(JsonNode value, String field) {
        return value.path(field).asText();
    }

    private static String output(Map<String, OutputValue> outputs, String name) {
        var value = outputs.get(name);
        if (value == null) {
            throw CommandFailure.notReachable("the stack has no output '" + name + "': it is not deployed");
        }
        return value.value().toString();
    }
}
