package dataprep.publication;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.lake.LakePaths;
import dataprep.publication.Services.Effect;
import java.util.TreeSet;

/**
 * An Iceberg table as far as a publication depends on it: the files of a version are one object, which its metadata file
 * stands for, and the folder of the run's data set names it.
 */
final class ModelTable {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String POINTER = "_table.json";
    private static final String ROOT = "s3://data-bucket/";

    private ModelTable() {}

    static boolean isTable(Request request) {
        return request.arguments().path("Arguments").has("--datalake-formats");
    }

    static boolean isExpiry(Request request) {
        return request.arguments().path("Arguments").has("--expire_minutes");
    }

    /** Adds the version's metadata file to the report, as the job's iceberg_output.py does. */
    static Store write(Store store, String place, ObjectNode content, ObjectNode report) {
        var metadata = LakePaths.ROOT.table() + place + "metadata/1.metadata.json";
        var entry = JSON.objectNode().put("metadata_location", ROOT + metadata);
        report.set("table", entry);
        return store.with(metadata, ModelPipeline.object(content))
                .with(LakePaths.ROOT.dataset() + place + POINTER, ModelPipeline.object(entry));
    }

    /** Deletes the old files that no folder of a data set names, like the job's iceberg_expiry.py. */
    static Effect expire(Store store, Request request) {
        var needed = new TreeSet<String>();
        needed.add(ModelPipeline.keyOf(
                request.arguments().path("Arguments").path("--table").asText()));
        store.objects().forEach((key, object) -> {
            if (key.startsWith(LakePaths.ROOT.dataset()) && key.endsWith("/" + POINTER)) {
                var pointer = ModelManifest.parse(object.body());
                needed.add(ModelPipeline.keyOf(pointer.path("metadata_location").asText()));
            }
        });
        var after = store;
        for (var object : store.objects().entrySet()) {
            var key = object.getKey();
            if (key.startsWith(LakePaths.ROOT.table()) && object.getValue().old() && !needed.contains(key)) {
                after = after.without(key);
            }
        }
        return new Effect(after, ModelPipeline.succeeded("expiry"));
    }

    /** A retained run whose files are missing; empty if there is none. */
    static String lostRun(Store store, ModelManifest manifest) {
        for (var run : manifest.json().path("history")) {
            var metadata = run.path("metadata_location").asText();
            if (!metadata.isEmpty() && !store.objects().containsKey(ModelPipeline.keyOf(metadata))) {
                return run.path("run_id").asText();
            }
        }
        return "";
    }
}
