package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dataprep.cli.cost.Cost;
import dataprep.workflow.LakePaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Reads a run's facts from Step Functions and from the data bucket. */
record FactsReader(SfnClient stepFunctions, S3Client s3, String dataBucket) {
    private static final int MOST_OBJECTS = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    ReportInput read(String executionArn, Cost cost) throws IOException {
        var manifest = json(LakePaths.MANIFEST);
        var execution = stepFunctions.describeExecution(request -> request.executionArn(executionArn));
        var machine = stepFunctions.describeStateMachineForExecution(request -> request.executionArn(executionArn));
        var folder = JobRunFolder.of(s3, dataBucket, execution.name());
        return new ReportInput(
                executionArn,
                execution.statusAsString(),
                execution.startDate(),
                execution.stopDate() == null ? Instant.now() : execution.stopDate(),
                orEmpty(execution.error()),
                orEmpty(execution.cause()),
                orEmpty(execution.output()),
                JSON.readTree(machine.definition()),
                events(executionArn),
                json(JobRunFolder.report(folder)),
                manifest,
                objects(manifest.path("objects").asText()),
                quarantine(LakePaths.QUARANTINE + folder),
                cost);
    }

    private List<RunEvent> events(String executionArn) {
        return stepFunctions
                .getExecutionHistoryPaginator(
                        request -> request.executionArn(executionArn).includeExecutionData(true))
                .events()
                .stream()
                .map(RunEvent::of)
                .toList();
    }

    /** A missing node if there is no such object. */
    private JsonNode json(String key) throws IOException {
        try (var object = s3.getObject(request -> request.bucket(dataBucket).key(key))) {
            return JSON.readTree(object);
        } catch (NoSuchKeyException e) {
            return MissingNode.getInstance();
        }
    }

    private Quarantine quarantine(String prefix) throws IOException {
        var collector = new Quarantine.Collector();
        var files = s3.listObjectsV2Paginator(
                        request -> request.bucket(dataBucket).prefix(prefix))
                .contents();
        for (S3Object file : files) {
            if (file.key().endsWith(".json") && !add(file.key(), collector)) {
                break;
            }
        }
        return collector.collected();
    }

    /** The first of the objects in a list that a run has left in this bucket. */
    private List<JsonNode> objects(String list) throws IOException {
        var prefix = "s3://%s/".formatted(dataBucket);
        var objects = new ArrayList<JsonNode>();
        if (list.startsWith(prefix)) {
            var key = list.substring(prefix.length());
            try (var lines = new BufferedReader(new InputStreamReader(
                    s3.getObject(request -> request.bucket(dataBucket).key(key)), StandardCharsets.UTF_8))) {
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
        try (var object = s3.getObject(request -> request.bucket(dataBucket).key(key))) {
            var room = collector.add(new BufferedReader(new InputStreamReader(object, StandardCharsets.UTF_8)));
            if (!room) {
                // closing alone would transfer the rest of a file that nobody reads
                object.abort();
            }
            return room;
        }
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
