package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.lake.LakePaths;
import dataprep.publication.Services.Effect;
import dataprep.publication.Store.StoredObject;

/**
 * The extraction function and the Glue job, as far as a publication depends on them.
 *
 * <p>The data set is one object with its run, its job run and the versions of the sources; the CSV is a copy of it. The
 * number of rows identifies a job run, in the quality report and the manifest too.
 */
final class ModelPipeline {
    static final String PART = "part-0.parquet";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Markers in the names of runs: unchanged sources, and a recipe without CSV. */
    static final String UNCHANGED = "unchanged";

    static final String WITHOUT_CSV = "without-csv";

    private ModelPipeline() {}

    /** Copies a source; each run finds a new version, unless its name says that nothing has changed. */
    static Effect extract(Store store, Request request) {
        var payload = request.arguments().path("Payload");
        var name = payload.at("/source/name").asText();
        var run = payload.path("run_id").asText();
        var published = payload.path("published");
        boolean unchanged = run.contains(UNCHANGED) && published.isObject();
        var etag = unchanged ? published.path("etag").asText() : "of-" + run;
        var uri = payload.path("destination").asText() + name + ".csv";
        var answer = JSON.objectNode()
                .put("name", name)
                .put("uri", uri)
                .put("bytes", 1)
                .put("etag", etag);
        answer.put("changed", !unchanged).put("copied_at", "2026-01-01T00:00:00Z");
        var result = JSON.objectNode().put("StatusCode", 200).set("Payload", answer);
        return new Effect(store.with(keyOf(uri), object(answer)), CallResult.of(result));
    }

    /**
     * Writes the output of a job run like the job's writers.py. A repeated job run of the same state from the same
     * manifest has the same name, so that their number is finite while a run waits for another.
     */
    static Effect transform(Store store, Request request) {
        var arguments = request.arguments().path("Arguments");
        var run = arguments.path("--run_id").asText();
        var root = "s3://" + arguments.path("--data_bucket").asText() + "/";
        var jobRun = request.attempt() + "-after-" + ModelManifest.etag(store);
        var place = "run_id=" + run + "/job_run=" + jobRun + "/";
        var dataset = root + LakePaths.ROOT.dataset() + place;
        int rows = Math.abs(jobRun.hashCode() % 10_000);
        boolean withCsv = !run.contains(WITHOUT_CSV);
        var content = JSON.objectNode().put("run", run).put("rows", rows).put("csv", withCsv);
        content.set("sources", sources(store, arguments.path("--raw_prefix").asText()));
        var report =
                JSON.objectNode().put("run_id", run).put("verdict", "passed").put("recipe", "recipe");
        report.put("recipe_sha256", "sha").put("schema_sha256", "sha").put("objects", dataset + "_objects.json");
        report.put("rows_in", rows)
                .put("rows_out", rows)
                .put("rows_quarantined", 0)
                .put("dataset", dataset);
        report.putArray("columns").addObject().put("Name", "id").put("Type", "int");
        report.putArray("rules");
        report.put("output_csv", withCsv ? dataset + "_output.csv" : null);
        boolean iceberg = ModelTable.isTable(request);
        var written = iceberg
                ? ModelTable.write(store, place, content, report)
                : store.with(keyOf(dataset) + PART, object(content));
        var after = written.with(LakePaths.ROOT.reports() + place + "quality.json", object(report));
        after = withCsv ? after.with(keyOf(dataset) + "_output.csv", object(content)) : after;
        return new Effect(after, succeeded(jobRun));
    }

    static CallResult succeeded(String jobRun) {
        var result = JSON.objectNode().put("Id", jobRun).put("JobRunState", "SUCCEEDED");
        result.put("ExecutionTime", 60).put("DPUSeconds", 120).put("NumberOfWorkers", 2);
        return CallResult.of(result);
    }

    private static ObjectNode sources(Store store, String prefix) {
        var etags = JSON.objectNode();
        store.objects().tailMap(prefix).forEach((key, raw) -> {
            if (key.startsWith(prefix)) {
                var source = ModelManifest.parse(raw.body());
                etags.set(source.path("name").asText(), source.path("etag"));
            }
        });
        return etags;
    }

    static StoredObject object(JsonNode body) {
        return new StoredObject(Interned.canonical(body), 0, false);
    }

    /** The key in an s3 URI. */
    static String keyOf(String uri) {
        return uri.replaceFirst("^s3://[^/]*/", "");
    }
}
