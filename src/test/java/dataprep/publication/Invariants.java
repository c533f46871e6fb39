package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.lake.LakePaths;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** The invariants of every state of the model; each check returns a violation or is empty. */
final class Invariants {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Simulator simulator;
    private final Map<Integer, String> ofStores = new HashMap<>();
    private final Map<String, String> ofNextRuns = new HashMap<>();

    Invariants(Simulator simulator) {
        this.simulator = simulator;
    }

    String check(World world) {
        var readers = ofStores.computeIfAbsent(world.store(), number -> readers(simulator.store(number)));
        if (!readers.isEmpty()) {
            return readers;
        }
        for (int i = 0; i < world.executions(); i++) {
            var execution = simulator.executions.get(world.execution(i));
            if (execution.isOver()) {
                var wrong = ended(execution, simulator.store(world.store()));
                if (!wrong.isEmpty()) {
                    return wrong;
                }
            }
        }
        return isQuiescent(world) ? nextRun(world) : "";
    }

    /** No execution is running, and no call is in flight. */
    boolean isQuiescent(World world) {
        boolean quiescent = world.lates() == 0;
        for (int i = 0; i < world.executions(); i++) {
            quiescent &= !simulator.executions.get(world.execution(i)).status().equals(ModelExecution.RUNNING);
        }
        return quiescent;
    }

    /** Readers see one run completely. */
    private static String readers(Store store) {
        var manifest = ModelManifest.of(store);
        if (!store.history().violation().isEmpty()) {
            return store.history().violation();
        }
        var table = tableContent(store);
        var csv = content(store, LakePaths.ROOT.outputCsv());
        if (table.isMissingNode()) {
            return "the table names a missing data set";
        }
        var lost = ModelTable.lostRun(store, manifest);
        if (!lost.isEmpty()) {
            return "the files of the retained run %s are deleted".formatted(lost);
        }
        return manifest.isClaimed() ? whileClaimed(store, manifest, table, csv) : unclaimed(manifest, table, csv);
    }

    private static String unclaimed(ModelManifest manifest, JsonNode table, JsonNode csv) {
        var run = manifest.run();
        if (!run.equals(runOf(table)) || !csv.equals(csvOf(table))) {
            return "mixed data without a claim: the manifest names %s, the table %s, the CSV %s"
                    .formatted(run, describe(table), describe(csv));
        }
        if (!run.equals(ModelManifest.NO_RUN)
                && manifest.rows() != table.path("rows").asInt()) {
            return "the manifest does not describe the data set of its run: " + describe(table);
        }
        if (!run.equals(ModelManifest.NO_RUN) && !manifest.sources().equals(table.path("sources"))) {
            return "the manifest has the sources %s, its run read %s"
                    .formatted(manifest.sources(), table.path("sources"));
        }
        return "";
    }

    private static String whileClaimed(Store store, ModelManifest manifest, JsonNode table, JsonNode csv) {
        var visible = new TreeSet<>(store.history().claimants());
        visible.add(manifest.run());
        var shown = csv.isMissingNode() ? ModelManifest.NO_RUN : runOf(csv);
        boolean noCsv = csv.isMissingNode();
        if (!visible.contains(runOf(table)) || !visible.contains(shown) && !noCsv) {
            return "while %s is claimed over %s, the table names %s, the CSV %s"
                    .formatted(manifest.claimedFor(), manifest.run(), describe(table), describe(csv));
        }
        return "";
    }

    private static JsonNode tableContent(Store store) {
        var location = store.table().input().at("/StorageDescriptor/Location").asText();
        var metadata = store.table().input().at("/Parameters/metadata_location").asText();
        if (!metadata.isEmpty()) {
            return content(store, ModelPipeline.keyOf(metadata));
        }
        return location.endsWith("run_id=" + ModelManifest.NO_RUN + "/")
                ? JSON.objectNode().put("run", ModelManifest.NO_RUN)
                : content(store, ModelPipeline.keyOf(location) + ModelPipeline.PART);
    }

    private static JsonNode content(Store store, String key) {
        var object = store.objects().get(key);
        return object == null ? MissingNode.getInstance() : ModelManifest.parse(object.body());
    }

    /** The CSV of a data set: of the same job run, or none. */
    private static JsonNode csvOf(JsonNode table) {
        return table.path("csv").asBoolean() ? table : MissingNode.getInstance();
    }

    private static String runOf(JsonNode content) {
        return content.path("run").asText(ModelManifest.NO_RUN);
    }

    private static String describe(JsonNode content) {
        return content.has("rows") ? runOf(content) + " (" + content.path("rows") + " rows)" : runOf(content);
    }

    private static String ended(ModelExecution execution, Store store) {
        boolean saysPublished = execution.status().equals(ModelExecution.SUCCEEDED)
                && execution.output().path("published").asBoolean();
        if (saysPublished && !store.history().isCommittedBy(execution.name())) {
            return execution.name() + " claims to have published, but never did";
        }
        if (execution.status().equals(ModelExecution.FAILED) && !execution.messaged()) {
            return execution.name() + " failed without a message";
        }
        return "";
    }

    /** After any end, the next run publishes or has nothing to do. */
    private String nextRun(World world) {
        var others = simulator.described(world);
        return ofNextRuns.computeIfAbsent(world.store() + others.toString(), key -> {
            var changed = nextRun(world.store(), "next", others);
            return changed.isEmpty() ? nextRun(world.store(), "next-" + ModelPipeline.UNCHANGED, others) : changed;
        });
    }

    private String nextRun(int from, String name, Map<String, JsonNode> others) {
        var reached = simulator.toTheEnd(from, simulator.executions.create(name, JSON.objectNode()), others);
        var execution = simulator.executions.get(reached.execution());
        var store = simulator.store(reached.store());
        if (!execution.status().equals(ModelExecution.SUCCEEDED)) {
            return "the run " + name + " that follows does not succeed";
        }
        if (ModelManifest.of(store).isClaimed()) {
            return "the run " + name + " that follows leaves a claim";
        }
        if (!name.endsWith(ModelPipeline.UNCHANGED)
                && !ModelManifest.of(store).run().equals(name)) {
            return "the run " + name + " that follows does not publish";
        }
        var wrong = readers(store);
        return wrong.isEmpty() ? "" : "after the run " + name + " that follows: " + wrong;
    }
}
