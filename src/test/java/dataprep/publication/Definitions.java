package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.workflow.Shipped;

/** The deployed definition in the form that the model executes. */
final class Definitions {
    private static final String READER = """
            {
              "Reads": {
                "Type": "Choice",
                "Choices": [{"Condition": "{%% $exists($states.context.Execution.Input.reads) %%}", "Next": "ReadRun"}],
                "Default": %s
              },
              "ReadRun": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Arguments": {"Bucket": "data-bucket", "Key": "transformed-data/latest.json"},
                "Assign": {"read": "{%% $parse($states.result.Body) %%}"},
                "Next": "NoteReader"
              },
              "NoteReader": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:putObject",
                "Arguments": {
                  "Bucket": "data-bucket",
                  "Key": "{%% $substringAfter($substringBefore($read.dataset, 'job_run='), 's3://data-bucket/') & '_readers/' & $states.context.Execution.Name %%}",
                  "Body": {}
                },
                "Next": "ReadAgain"
              },
              "ReadAgain": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Arguments": {"Bucket": "data-bucket", "Key": "transformed-data/latest.json"},
                "Assign": {"again": "{%% $parse($states.result.Body) %%}"},
                "Next": "StillKept"
              },
              "StillKept": {
                "Type": "Choice",
                "Choices": [
                  {"Condition": "{%% $read.run_id in $again.history.run_id %%}", "Comment": "kept", "Next": "ReadData"}
                ],
                "Default": "ReadRun"
              },
              "ReadData": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
                "Arguments": {
                  "Bucket": "data-bucket",
                  "Key": "{%% $substringAfter($read.dataset, 's3://data-bucket/') & 'part-0.parquet' %%}"
                },
                "Output": {"published": false},
                "End": true
              }
            }""";

    /** With one source: the publication does not depend on their number. */
    static final JsonNode SHIPPED = withOneSource(ModelManifest.parse(Shipped.MACHINE.toJson()));

    /**
     * The same definition keeping one run, which an execution with the input {@code reads} does not follow: it reads the
     * published run, like a run of another data set.
     */
    static final JsonNode READ_BY_OTHERS =
            withReader(withOneSource(ModelManifest.parse(Shipped.keepingOneRun().toJson())));

    /** The definition for an Iceberg table, of which the current run alone is retained. */
    static final JsonNode ICEBERG =
            withOneSource(ModelManifest.parse(Shipped.iceberg(1).toJson()));

    /** The same definition, with a run to roll back to. */
    static final JsonNode ICEBERG_WITH_TWO_RUNS =
            withOneSource(ModelManifest.parse(Shipped.iceberg(2).toJson()));

    /** The input of an execution that reads. */
    static final JsonNode READS = ModelManifest.parse("{\"reads\": true}");

    private Definitions() {}

    /** The steps of lambda/extract/dataset_source.py, and then the job's reading, which must find the data. */
    private static JsonNode withReader(JsonNode definition) {
        var states = (ObjectNode) definition.path("States");
        ((ObjectNode) ModelManifest.parse(READER.formatted(definition.path("StartAt"))))
                .properties()
                .forEach(state -> states.set(state.getKey(), state.getValue()));
        return ((ObjectNode) definition).put("StartAt", "Reads");
    }

    private static JsonNode withOneSource(JsonNode definition) {
        var sources = (ArrayNode) definition.at("/States/ExtractData/Items");
        while (sources.size() > 1) {
            sources.remove(1);
        }
        return definition;
    }
}
