package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dataprep.lake.LakePaths;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Executions and stores by number. */
final class Simulator {
    /** A store and an execution after a step. */
    record Reached(int store, int execution) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NOTHING =
            "s3://data-bucket/" + LakePaths.ROOT.dataset() + "run_id=" + ModelManifest.NO_RUN + "/";
    private static final Pattern JOB_RUN = Pattern.compile("run_id=(?<run>[^/]+)/(?<jobRun>job_run=[^/]+/)");
    private static final int MOST_CALLS = 1_000;

    final Services services;
    final Executions executions;
    private final Predicate<Request> immediate;
    /** A late effect may read the output of a job run. */
    private final boolean keepsAll;

    private final Map<Integer, JsonNode> described = new HashMap<>();
    private final Map<Long, Reached> settled = new HashMap<>();
    /** The earlier published executions. */
    private final Map<String, JsonNode> earlier = new HashMap<>();

    final int initialStore;

    Simulator(Scenario scenario) {
        var definition = new ExecutableDefinition(scenario.definition());
        this.services =
                new Services(new ModelS3(scenario.uniqueEtags()), new ModelCatalog(definition.mentions("getTable")));
        this.executions = new Executions(definition, services);
        this.immediate = scenario::isImmediate;
        this.keepsAll = scenario.budget().lates() > 0;
        var table = JSON.objectNode();
        table.putObject("StorageDescriptor").put("Location", NOTHING);
        int store = services.stores.number(Store.empty(table));
        for (var run : scenario.published()) {
            var reached = toTheEnd(store, executions.createEarlier(run), earlier);
            earlier.put(run, executions.get(reached.execution()).describe(0));
            if (!ModelManifest.of(services.stores.value(reached.store())).run().equals(run)) {
                throw new IllegalStateException("the earlier run " + run + " does not publish");
            }
            store = reached.store();
        }
        initialStore = services.stores.number(services.stores.value(store).aged());
    }

    Store store(int number) {
        return services.stores.value(number);
    }

    /** All executions by name, as DescribeExecution responses. */
    Map<String, JsonNode> described(World world) {
        var all = new HashMap<>(earlier);
        for (int i = 0; i < world.executions(); i++) {
            var execution = executions.get(world.execution(i));
            if (!execution.status().equals(ModelExecution.NEW)) {
                int index = i;
                all.put(
                        execution.name(),
                        described.computeIfAbsent(world.execution(i), number -> execution.describe(index)));
            }
        }
        return all;
    }

    boolean isImmediate(Request request) {
        return immediate.test(request);
    }

    Reached begin(int store, int execution) {
        return settle(store, executions.begin(execution));
    }

    /** Makes the calls that no other execution observes. */
    Reached settle(int store, int execution) {
        return settled.computeIfAbsent((long) store << 32 | execution, key -> {
            var reached = new Reached(store, execution);
            for (int i = nextImmediate(execution); i >= 0; i = nextImmediate(reached.execution())) {
                reached = make(reached, i, earlier);
            }
            return keepsAll ? reached : new Reached(withoutWaste(reached), reached.execution());
        });
    }

    /** The outputs of the execution's job runs that are no longer read. */
    private int withoutWaste(Reached reached) {
        var execution = executions.get(reached.execution());
        var store = services.stores.value(reached.store());
        var references = executions.form(reached.execution())
                + store.objects().get(LakePaths.ROOT.manifest())
                + store.table().input();
        for (var key : store.objects().keySet()) {
            var jobRun = JOB_RUN.matcher(key);
            if (jobRun.find()
                    && jobRun.group("run").equals(execution.name())
                    && !references.contains(jobRun.group("jobRun"))) {
                store = store.without(key);
            }
        }
        return services.stores.number(store);
    }

    private int nextImmediate(int execution) {
        var calls = executions.calls(execution);
        for (int i = 0; i < calls.size(); i++) {
            if (immediate.test(calls.get(i).request())) {
                return i;
            }
        }
        return -1;
    }

    private Reached make(Reached at, int call, Map<String, JsonNode> others) {
        var made = executions.calls(at.execution()).get(call);
        var result = services.call(at.store(), made, () -> others);
        return new Reached(result.store(), executions.end(at.execution(), call, result.outcome()));
    }

    /** Runs an execution without faults; one that would never end is still running. */
    Reached toTheEnd(int store, int execution, Map<String, JsonNode> others) {
        var reached = new Reached(store, executions.begin(execution));
        for (int i = 0; i < MOST_CALLS && !executions.calls(reached.execution()).isEmpty(); i++) {
            reached = make(reached, 0, others);
        }
        return reached;
    }
}
