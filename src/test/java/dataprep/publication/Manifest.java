package dataprep.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.workflow.LakePaths;
import java.util.SortedSet;
import java.util.TreeSet;

/** The manifest as everybody reads it: here is all that the model knows of its fields. */
record Manifest(JsonNode json) {
    static final String NO_RUN = "none";

    private static final JsonMapper MAPPER = new JsonMapper();

    static Manifest of(Store store) {
        var object = store.objects().get(LakePaths.MANIFEST);
        return new Manifest(object == null ? MissingNode.getInstance() : parse(object.body()));
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
        return Execution.nameOf(json.path("execution").asText(""));
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
     * @param committed executions that have made a run the current one
     * @param claimants runs that were about to be published since the manifest was last without a claim
     * @param violation of the manifest's history, or empty
     */
    record History(SortedSet<String> committed, SortedSet<String> claimants, String violation) {
        static final History NONE = new History(new TreeSet<>(), new TreeSet<>(), "");

        History after(Manifest before, Manifest after) {
            var claimed = after.isClaimed() ? Store.plus(claimants, after.claimedFor()) : new TreeSet<String>();
            if (after.execution().equals(before.execution())) {
                return new History(committed, claimed, violation);
            }
            if (after.execution().isEmpty()) {
                return new History(committed, claimed, "the manifest of a committed run is lost");
            }
            var wrong = committed.contains(after.execution()) ? "a manifest that was replaced comes back" : violation;
            return new History(Store.plus(committed, after.execution()), claimed, wrong);
        }
    }
}
