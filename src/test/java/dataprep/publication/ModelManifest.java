package dataprep.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.lake.LakePaths;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the manifest; all knowledge of the model about its fields is here. */
record ModelManifest(JsonNode json) {
    static final String NO_RUN = "none";

    private static final JsonMapper MAPPER = new JsonMapper();

    static ModelManifest of(Store store) {
        var object = store.objects().get(LakePaths.ROOT.manifest());
        return new ModelManifest(object == null ? MissingNode.getInstance() : parse(object.body()));
    }

    /** The manifest's ETag without quotes; empty if there is none. */
    static String etag(Store store) {
        var object = store.objects().get(LakePaths.ROOT.manifest());
        return object == null ? "" : object.etag().replace("\"", "");
    }

    static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + body, e);
        }
    }

    /** The current run. */
    String run() {
        return json.path("run_id").asText(NO_RUN);
    }

    /** The execution that committed it; empty if none has. */
    String execution() {
        return ModelExecution.nameOf(json.path("execution").asText(""));
    }

    /** Identifies a commit, also for two executions with the same name. */
    String commit() {
        return execution() + " " + json.path("dataset").asText();
    }

    boolean isClaimed() {
        return json.hasNonNull("publishing");
    }

    /** The run that claims the publication. */
    String claimedFor() {
        return json.path("publishing").path("run_id").asText(NO_RUN);
    }

    int rows() {
        return json.path("rows").asInt();
    }

    /** The published versions of the sources: ETags by name. */
    JsonNode sources() {
        var etags = MAPPER.createObjectNode();
        json.path("sources").forEach(source -> etags.set(source.path("name").asText(), source.path("etag")));
        return etags;
    }

    /**
     * The history of the manifest.
     *
     * @param committed the last commit, from {@link ModelManifest#commit}
     * @param claimants runs with claims since the manifest was last without one
     * @param violation of the manifest's history, or empty
     */
    record History(SortedSet<String> committed, SortedSet<String> claimants, String violation) {
        static final History NONE = new History(new TreeSet<>(), new TreeSet<>(), "");

        boolean isCommittedBy(String execution) {
            return committed.stream().anyMatch(commit -> commit.startsWith(execution + " "));
        }

        History after(ModelManifest before, ModelManifest after) {
            var claimed = after.isClaimed() ? Store.plus(claimants, after.claimedFor()) : new TreeSet<String>();
            if (after.commit().equals(before.commit())) {
                return new History(committed, claimed, violation);
            }
            if (after.execution().isEmpty()) {
                return new History(committed, claimed, "the manifest of a committed run is lost");
            }
            var wrong = committed.contains(after.commit()) ? "a manifest that was replaced comes back" : violation;
            return new History(Store.plus(committed, after.commit()), claimed, wrong);
        }
    }
}
