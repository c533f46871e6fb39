package dataprep.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.lake.LakePaths;
import java.util.SortedSet;
import java.util.TreeSet;

/** The manifest as everybody reads it: here is all that the model knows of its fields. */
record ModelManifest(JsonNode json) {
    static final String NO_RUN = "none";

    private static final JsonMapper MAPPER = new JsonMapper();

    static ModelManifest of(Store store) {
        var object = store.objects().get(LakePaths.MANIFEST);
        return new ModelManifest(object == null ? MissingNode.getInstance() : parse(object.body()));
    }

    /** The manifest's ETag without quotes; empty if there is none. */
    static String etag(Store store) {
        var object = store.objects().get(LakePaths.MANIFEST);
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

    /** The execution that made it the current one; empty if none has. */
    String execution() {
        return ModelExecution.nameOf(json.path("execution").asText(""));
    }

    /** Tells one commit from another, also of two executions of one name. */
    String commit() {
        return execution() + " " + json.path("dataset").asText();
    }

    boolean isClaimed() {
        return json.hasNonNull("publishing");
    }

    /** The run that is about to be published. */
    String claimedFor() {
        return json.path("publishing").path("run_id").asText(NO_RUN);
    }

    int rows() {
        return json.path("rows").asInt();
    }

    /** What has been taken of the sources: ETags by name. */
    JsonNode sources() {
        var etags = MAPPER.createObjectNode();
        json.path("sources").forEach(source -> etags.set(source.path("name").asText(), source.path("etag")));
        return etags;
    }

    /**
     * What has happened to the manifest.
     *
     * @param committed what has made a run the current one, as {@link ModelManifest#commit} gives it
     * @param claimants runs that were about to be published since the manifest was last without a claim
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
