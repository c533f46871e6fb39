package dataprep.components;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import dataprep.settings.DatasetSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The resources of one data set: its tables, its state machine with alias, its starts and its failure messages. */
public final class PreparedDataset extends ComponentResource {
    private final DatasetSettings settings;
    private final Workflow workflow;
    private final Release release;
    private final Schedule schedule;
    private final FailureTopic failureTopic;

    /**
     * The stack's resources that all data sets share.
     *
     * @param failureTopic for data sets without an address of their own
     * @param deadLetters empty if nothing starts by itself
     * @param chat empty if no webhook is set
     */
    public record Shared(
            ExtractFunction extract,
            TransformJob transform,
            Catalog catalog,
            Queries queries,
            FailureTopic failureTopic,
            Optional<DeadLetters> deadLetters,
            Optional<ChatWebhook> chat) {}

    /** Registers all data sets, each after those that it reads. */
    public static List<PreparedDataset> all(Shared shared, Foundation foundation) {
        var settings = foundation.settings();
        if (settings.startsOnObjectsInDataBucket()) {
            Schedule.publishEvents(foundation.data());
        }
        var registered = new LinkedHashMap<String, PreparedDataset>();
        for (var dataset : settings.datasets()) {
            var upstream = dataset.upstream().stream().map(registered::get).toList();
            registered.put(
                    dataset.name(),
                    new PreparedDataset(dataset.name(), new Args(dataset, upstream, shared, foundation)));
        }
        shared.deadLetters()
                .ifPresent(queue -> queue.admit(registered.values().stream()
                        .flatMap(dataset -> dataset.schedule.ruleArns().stream())
                        .toList()));
        return List.copyOf(registered.values());
    }

    /** An output of each data set, by its name. */
    public static <T> Output<Map<String, T>> byName(
            List<PreparedDataset> datasets, Function<PreparedDataset, Output<T>> output) {
        return Output.all(datasets.stream().map(output).toList()).applyValue(values -> {
            var byName = new TreeMap<String, T>();
            for (int i = 0; i < values.size(); i++) {
                byName.put(datasets.get(i).settings.name(), values.get(i));
            }
            return byName;
        });
    }

    /**
     * The data set and what it is connected with.
     *
     * @param upstream the data sets that this one reads
     */
    private record Args(
            DatasetSettings dataset, List<PreparedDataset> upstream, Shared shared, Foundation foundation) {}

    private PreparedDataset(String name, Args args) {
        super("dataprep:index:PreparedDataset", name);
        var dataset = args.dataset();
        var shared = args.shared();
        var foundation = args.foundation();
        var child = ComponentResourceOptions.builder().parent(this).build();
        this.settings = dataset;
        this.failureTopic = dataset.alertEmail().isPresent()
                ? new FailureTopic(
                        dataset.resource("failures"),
                        new FailureTopic.Args(dataset.place().qualifier(), dataset.alertEmail(), foundation),
                        child)
                : shared.failureTopic();
        var tables = new DatasetTables(
                dataset.resource("tables"), new DatasetTables.Args(dataset, shared.catalog(), foundation), child);
        shared.queries().save(dataset, tables);
        this.workflow = new Workflow(
                dataset.resource("workflow"),
                new Workflow.Args(
                        dataset,
                        shared.extract(),
                        shared.transform(),
                        shared.catalog(),
                        tables,
                        failureTopic,
                        foundation),
                child);
        this.release = new Release(dataset.resource("release"), new Release.Args(dataset, workflow), child);
        var machines =
                args.upstream().stream().map(PreparedDataset::stateMachineArn).toList();
        this.schedule = new Schedule(
                dataset.resource("schedule"),
                new Schedule.Args(dataset, release, machines, shared.deadLetters(), foundation),
                child);
        new Notifications(
                dataset.resource("notifications"),
                new Notifications.Args(dataset, workflow, failureTopic, shared.chat(), foundation),
                child);
        registerOutputs(Map.of("stateMachineArn", workflow.stateMachineArn(), "aliasArn", release.aliasArn()));
    }

    DatasetSettings settings() {
        return settings;
    }

    public Output<String> stateMachineArn() {
        return workflow.stateMachineArn();
    }

    /** The alias ARN, by which executions are started. */
    public Output<String> aliasArn() {
        return release.aliasArn();
    }

    /** What a console needs to know: how to start runs, where the objects are, and which data sets it reads. */
    public Output<Map<String, Object>> description() {
        return Output.tuple(stateMachineArn(), aliasArn())
                .applyValue(t -> Map.of(
                        "state_machine_arn",
                        t.t1,
                        "live_alias_arn",
                        t.t2,
                        "prefix",
                        settings.paths().prefix(),
                        "reads",
                        List.copyOf(settings.upstream())));
    }

    Output<String> failureTopicArn() {
        return failureTopic.arn();
    }
}
