package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.run.DataBucket;
import dataprep.cli.run.DeployedSources;
import dataprep.cli.run.Run;
import dataprep.lake.LakePaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Reads the report's input besides the run from Step Functions and the data bucket. */
record ReportReader(SfnClient stepFunctions, DataBucket bucket) {
    private static final int MOST_OBJECTS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The folder of a published run of a data set among several. */
    private static final Pattern RUN_FOLDER =
            Pattern.compile(".*/datasets/(?<dataset>[^/]+)/transformed-data/dataset/run_id=(?<run>[^/]+)/.*");

    ReportInput read(Run run, RelatedRun.Place place) throws IOException {
        var machine =
                stepFunctions.describeStateMachineForExecution(request -> request.executionArn(run.executionArn()));
        var definition = JSON.readTree(machine.definition());
        return new ReportInput(
                run,
                definition,
                DeployedSources.of(definition),
                bucket.paths().equals(LakePaths.ROOT) ? List.of() : related(run, place),
                objects(run.manifest().path("objects").asText()),
                quarantine(bucket.paths().quarantine() + bucket.jobRunFolder(run.id())));
    }

    private List<RelatedRun> related(Run run, RelatedRun.Place place) throws IOException {
        var related = new ArrayList<RelatedRun>();
        for (var source : json(bucket.paths().raw() + "run_id=%s/".formatted(run.id()), "/_source.json")) {
            var folder = RUN_FOLDER.matcher(source.path("uri").asText());
            if (folder.matches()) {
                related.add(related(RelatedRun.READS, folder.group("dataset"), folder.group("run"), place));
            }
        }
        var notes = "%srun_id=%s/%s".formatted(bucket.paths().dataset(), run.id(), LakePaths.READERS);
        for (var note : json(notes, ".json")) {
            related.add(related(
                    RelatedRun.READ_BY,
                    note.path("read_by").asText(),
                    note.path("run_id").asText(),
                    place));
        }
        return related;
    }

    private static RelatedRun related(String relation, String dataset, String run, RelatedRun.Place place) {
        return new RelatedRun(relation, dataset, run, place.link(dataset, run));
    }

    /** The JSON objects below a prefix whose keys have this end. */
    private List<JsonNode> json(String prefix, String end) throws IOException {
        var found = new ArrayList<JsonNode>();
        for (S3Object file : files(prefix)) {
            if (file.key().endsWith(end)) {
                try (var object = bucket.s3()
                        .getObject(request -> request.bucket(bucket.name()).key(file.key()))) {
                    found.add(JSON.readTree(object));
                }
            }
        }
        return found;
    }

    private Iterable<S3Object> files(String prefix) {
        return bucket.s3()
                .listObjectsV2Paginator(request -> request.bucket(bucket.name()).prefix(prefix))
                .contents();
    }

    private Quarantine quarantine(String prefix) throws IOException {
        var collector = new Quarantine.Collector();
        for (S3Object file : files(prefix)) {
            if (file.key().endsWith(".json") && !add(file.key(), collector)) {
                break;
            }
        }
        return collector.collected();
    }

    /** The first objects of a run's object list in this bucket. */
    private List<JsonNode> objects(String list) throws IOException {
        var prefix = "s3://%s/".formatted(bucket.name());
        var objects = new ArrayList<JsonNode>();
        if (list.startsWith(prefix)) {
            var key = list.substring(prefix.length());
            try (var lines = new BufferedReader(new InputStreamReader(
                    bucket.s3()
                            .getObject(request -> request.bucket(bucket.name()).key(key)),
                    StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null && objects.size() < MOST_OBJECTS; ) {
                    objects.add(JSON.readTree(line));
                    line = lines.readLine();
                }
            } catch (NoSuchKeyException e) {
                return List.of();
            }
        }
        return objects;
    }

    private boolean add(String key, Quarantine.Collector collector) throws IOException {
        try (var object =
                bucket.s3().getObject(request -> request.bucket(bucket.name()).key(key))) {
            var room = collector.add(new BufferedReader(new InputStreamReader(object, StandardCharsets.UTF_8)));
            if (!room) {
                // closing alone would transfer the rest of the file
                object.abort();
            }
            return room;
        }
    }
}
