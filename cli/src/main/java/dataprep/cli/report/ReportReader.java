package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.run.DataBucket;
import dataprep.cli.run.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Reads the report's input besides the run from Step Functions and the data bucket. */
record ReportReader(SfnClient stepFunctions, DataBucket bucket) {
    private static final int MOST_OBJECTS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    ReportInput read(Run run) throws IOException {
        var machine =
                stepFunctions.describeStateMachineForExecution(request -> request.executionArn(run.executionArn()));
        return new ReportInput(
                run,
                JSON.readTree(machine.definition()),
                objects(run.manifest().path("objects").asText()),
                quarantine(bucket.paths().quarantine() + bucket.jobRunFolder(run.id())));
    }

    private Quarantine quarantine(String prefix) throws IOException {
        var collector = new Quarantine.Collector();
        var files = bucket.s3()
                .listObjectsV2Paginator(request -> request.bucket(bucket.name()).prefix(prefix))
                .contents();
        for (S3Object file : files) {
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
