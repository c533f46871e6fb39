package dataprep.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.asl.Evaluate;
import dataprep.asl.StateMachine;
import dataprep.lake.LakePaths;
import dataprep.settings.MonitoringSettings;
import dataprep.settings.Source;
import dataprep.settings.WorkflowSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The largest possible input of the workflow: 40 sources with the longest names, 100 retained runs, a report at its
 * limit.
 */
final class LargestPayloads {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SOURCES = 40;
    private static final int KEPT_RUNS = 100;
    /** The limits of glue-scripts/dataprep/report_bounds.py. */
    private static final int REPORT_BYTES = 128 << 10;

    private static final int COLUMNS_BYTES = 48 << 10;
    /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
    private static final int KEY = 1_024;
    /** The limit of lambda/extract. */
    private static final int ETAG = 256;

    private static final String BUCKET = "b".repeat(63);
    private static final String RUN = "r".repeat(80);
    private static final String JOB_RUN = "jr_" + "0".repeat(64);
    private static final String EXECUTION =
            "arn:aws-us-gov:states:us-gov-west-1:123456789012:execution:%s:%s".formatted("s".repeat(80), RUN);
    private static final String TIME = "2026-01-01T00:00:00.000Z";
    private static final String FOLDER =
            "s3://%s/transformed-data/dataset/run_id=%s/job_run=%s/".formatted(BUCKET, RUN, JOB_RUN);

    private static final String METADATA = FOLDER.replace("dataset", "table") + "metadata/" + "0".repeat(60) + ".json";

    private final StateMachine machine = DataPreparationWorkflow.define(plan(), resources());
    private final Map<String, JsonNode> variables = new HashMap<>();
    private final Map<String, JsonNode> results = new HashMap<>();

    LargestPayloads() {
        assign();
        answers();
    }

    StateMachine machine() {
        return machine;
    }

    Map<String, JsonNode> variables() {
        return variables;
    }

    /** The largest result of each call and of each enclosing state, by the state's name. */
    Map<String, JsonNode> results() {
        return results;
    }

    Object context() {
        var execution = Map.of(
                "Name",
                RUN,
                "Id",
                EXECUTION,
                "StartTime",
                TIME,
                "RedriveCount",
                0,
                "Input",
                Map.of("rollback_to", RUN));
        return Map.of("Execution", execution, "Map", Map.of("Item", Map.of("Value", source(0))));
    }

    Object input() {
        return Map.of(
                "prefix",
                "p".repeat(200),
                "pages",
                1,
                "warning",
                "w".repeat(1_400),
                "ExecutionTime",
                1,
                "NumberOfWorkers",
                1,
                "source",
                Map.of("name", "n".repeat(63), "uri", "u".repeat(KEY)));
    }

    private static WorkflowSettings plan() {
        var sources =
                IntStream.range(0, SOURCES).mapToObj(LargestPayloads::source).toList();
        var monitoring = new MonitoringSettings(
                "w".repeat(80),
                "w".repeat(80),
                List.of("/g".repeat(100), "/g".repeat(100), "/g".repeat(100)),
                true,
                true,
                true);
        return new WorkflowSettings(
                sources,
                Optional.of(sources.get(0).name()),
                sources.stream().map(Source::name).collect(Collectors.toSet()),
                40,
                900,
                60,
                Optional.empty(),
                120,
                true,
                KEPT_RUNS,
                "v".repeat(64),
                monitoring);
    }

    private static ResourceNames resources() {
        return new ResourceNames(
                "aws-us-gov",
                "us-gov-west-1",
                "123456789012",
                "s".repeat(80),
                BUCKET,
                LakePaths.of("d".repeat(32)),
                "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:" + "f".repeat(64),
                "j".repeat(255),
                "s3://" + BUCKET + "/" + "k".repeat(100),
                "d".repeat(255),
                "t".repeat(255),
                "arn:aws-us-gov:sns:us-gov-west-1:123456789012:" + "t".repeat(256));
    }

    private static Source source(int number) {
        return Source.of("n%062d".formatted(number), "s3://" + BUCKET + "/" + "u".repeat(KEY));
    }

    /** The variables that the definition assigns from the largest inputs. */
    private void assign() {
        var quality = quality();
        variables.put("quality", quality);
        variables.put("sources", answersOf());
        var history = JSON.createArrayNode();
        repeat(
                KEPT_RUNS,
                i -> history.addObject()
                        .put("run_id", "%080d".formatted(i))
                        .put("execution", EXECUTION)
                        .put("started_at", TIME)
                        .put("published_at", TIME)
                        .put("rows", Long.MAX_VALUE)
                        .put("dataset", FOLDER)
                        .put("metadata_location", METADATA));
        texts(Map.of(
                "run",
                RUN,
                "jobRun",
                JOB_RUN,
                "version",
                "v".repeat(64),
                "claimEtag",
                "e".repeat(34),
                "publishedEtag",
                "e".repeat(34),
                "csvEtag",
                "e".repeat(34),
                "tableVersion",
                "1",
                "csvVersion",
                "v".repeat(100),
                "nextPage",
                "t".repeat(KEY),
                "waitingExecution",
                EXECUTION));
        texts(Map.of(
                "jobRunState",
                "SUCCEEDED",
                "expiryState",
                "SUCCEEDED",
                "confirmedEtag",
                "e".repeat(34),
                "tableMetadata",
                METADATA,
                "catalogMetadata",
                METADATA,
                "publisherStatus",
                "TIMED_OUT",
                "publisherStopped",
                TIME,
                "ending",
                "Failed"));
        for (var flag : List.of("full", "olderExecutions", "readsSources")) {
            variables.put(flag, JSON.getNodeFactory().booleanNode(true));
        }
        variables.put("claimRedrives", JSON.getNodeFactory().numberNode(0));
        variables.put("published", JSON.createObjectNode().set("history", history));
        variables.put("manifest", evaluated("/QualityGate/Choices/0/Assign/manifest"));
        var claimed =
                (ObjectNode) evaluated("/CommitManifest/Arguments").path("Body").deepCopy();
        claimed.putObject("publishing")
                .put("run_id", RUN)
                .put("execution", EXECUTION)
                .put("redrives", 0)
                .put("since", TIME);
        for (var variable : List.of("published", "claimed", "restored")) {
            variables.put(variable, claimed);
        }
        variables.put("kept", history.get(0));
        variables.put("tableColumns", quality.path("columns"));
        variables.put(
                "failure",
                JSON.valueToTree(
                        Map.of("state", "s".repeat(80), "error", "e".repeat(200), "cause", "c".repeat(32_300))));
        var objects = JSON.createArrayNode();
        repeat(100, i -> objects.addObject().put("Key", "k".repeat(KEY)));
        variables.put("objects", objects);
        variables.put("lastWritten", JSON.getNodeFactory().numberNode(0));
        variables.put("staleRuns", list(20, "p".repeat(200)));
        variables.put("pruneWarnings", list(20, "w".repeat(1_700)));
    }

    private JsonNode evaluated(String pointer) {
        var evaluated = Evaluate.on("context", context());
        for (var variable : variables.entrySet()) {
            evaluated = evaluated.variable(variable.getKey(), variable.getValue());
        }
        return evaluated.template(Shipped.at(machine, pointer));
    }

    private void answers() {
        var executions = JSON.createObjectNode();
        var listed = executions.putArray("Executions");
        repeat(
                100,
                i -> listed.addObject()
                        .put("ExecutionArn", EXECUTION)
                        .put("StateMachineArn", EXECUTION)
                        .put("Name", RUN)
                        .put("Status", "RUNNING")
                        .put("StartDate", TIME)
                        .put("StateMachineVersionArn", EXECUTION)
                        .put("StateMachineAliasArn", EXECUTION)
                        .put("RedriveCount", 1)
                        .put("RedriveDate", TIME));
        executions.put("NextToken", "t".repeat(3_096));
        results.put("FindRunningExecutions", executions);
        var described = JSON.createObjectNode()
                .put("Status", "FAILED")
                .put("StopDate", TIME)
                .put("Cause", "c".repeat(32_768))
                .put("Input", "{\"i\": \"%s\"}".formatted("i".repeat(4_096)))
                .put("Output", "o".repeat(40_000));
        results.put("DescribeWaiting", described);
        results.put("DescribePublisher", described);
        var manifest = body(variables.get("published").toString());
        List.of("ReadPublished", "ConfirmPublished", "ReadKeptRun", "ReadClaim", "ReadOutcome")
                .forEach(state -> results.put(state, manifest));
        results.put("ReadQuality", body(variables.get("quality").toPrettyString()));
        results.put(
                "ExtractSource",
                JSON.createObjectNode().set("Payload", answersOf().get(0)));
        results.put("ExtractData", answersOf());
        var jobRun = JSON.createObjectNode()
                .put("Id", JOB_RUN)
                .put("JobRunState", "SUCCEEDED")
                .put("Arguments", "a".repeat(8_000));
        results.put("TransformData", jobRun);
        results.put("ExpireFiles", jobRun);
        var written = JSON.createObjectNode().put("ETag", "e".repeat(34)).put("VersionId", "v".repeat(100));
        List.of(
                        "StageManifest",
                        "ClaimPublication",
                        "CommitManifest",
                        "ClaimRestoration",
                        "RestoreManifest",
                        "PublishCsv",
                        "RemoveCsv",
                        "PublishCsvAgain",
                        "RemoveCsvAgain",
                        "PointTable",
                        "PointTableAgain",
                        "NotifyFailure",
                        "NotifyWarning",
                        "PostFailure",
                        "PostWarning",
                        "RecordRows",
                        "RecordConsumption",
                        "RecordUpToDate")
                .forEach(state -> results.put(state, written));
        var table = JSON.createObjectNode();
        table.putObject("Table")
                .put("VersionId", "1")
                .putObject("StorageDescriptor")
                .set("Columns", variables.get("tableColumns"));
        ((ObjectNode) table.path("Table")).putObject("Parameters").put("metadata_location", METADATA);
        results.put("ReadCatalogTable", table);
        var view = JSON.createObjectNode()
                .put("version", "1")
                .put("metadata", METADATA)
                .set("columns", variables.get("tableColumns"));
        for (var word : List.of("", "Again")) {
            results.put("ReadTable" + word, table);
            results.put("FindCsv" + word, page(1, "transformed-data/output.csv"));
            results.put(
                    "ReadViews" + word,
                    JSON.createArrayNode().add(view).add(JSON.createObjectNode().put("etag", "e")));
        }
        results.put("LoadData", JSON.createArrayNode().add(written));
        results.put("RestoreData", JSON.createArrayNode().add(written));
        var prefixes = JSON.createObjectNode().put("NextContinuationToken", "t".repeat(KEY));
        var common = prefixes.putArray("CommonPrefixes");
        repeat(500, i -> common.addObject().put("Prefix", "transformed-data/dataset/run_id=%080d/".formatted(i)));
        results.put("ListRuns", prefixes);
        results.put("ListMoreRuns", prefixes);
        results.put("ListRun", page(100, "k".repeat(KEY)));
        var deleted = JSON.createObjectNode();
        var errors = deleted.putArray("Errors");
        repeat(
                100,
                i -> errors.addObject()
                        .put("Key", "k".repeat(KEY))
                        .put("Code", "AccessDenied")
                        .put("Message", "m".repeat(300)));
        results.put("DeleteObjects", deleted);
        results.put("PruneRuns", list(20, "").removeAll());
        repeat(20, i -> ((ArrayNode) results.get("PruneRuns")).add(JSON.valueToTree(input())));
    }

    private static ArrayNode answersOf() {
        var answers = JSON.createArrayNode();
        repeat(
                SOURCES,
                i -> answers.addObject()
                        .put("name", source(i).name())
                        .put("uri", source(i).uri())
                        .put("bytes", Long.MAX_VALUE)
                        .put("etag", "e".repeat(ETAG))
                        .put("changed", true)
                        .put("copied_at", TIME));
        return answers;
    }

    private static ObjectNode quality() {
        var quality = JSON.createObjectNode()
                .put("verdict", "passed")
                .put("rows_in", Long.MAX_VALUE)
                .put("rows_out", Long.MAX_VALUE)
                .put("rows_quarantined", Long.MAX_VALUE)
                .put("dataset", FOLDER)
                .put("dataset_bytes", Long.MAX_VALUE)
                .put("description", "d".repeat(2_000))
                .put("objects", FOLDER + "_objects.json")
                .put("output_csv", FOLDER + "_output.csv")
                .put("recipe", "r".repeat(63))
                .put("recipe_sha256", "0".repeat(64))
                .put("schema_sha256", "0".repeat(64));
        quality.putObject("table").put("metadata_location", METADATA);
        partition(quality);
        var columns = quality.putArray("columns");
        while (columns.toPrettyString().length() < COLUMNS_BYTES - 60) {
            columns.addObject().put("Name", "c%d".formatted(columns.size())).put("Type", "string");
        }
        quality.putArray("warnings");
        var rules = quality.putArray("rules");
        while (quality.toPrettyString().length() < REPORT_BYTES - 450) {
            rules.addObject()
                    .put("name", "n".repeat(60))
                    .put("severity", "warn")
                    .put("passed", false)
                    .put("message", "m".repeat(300));
        }
        return quality;
    }

    /** By the bounds in the recipe's schema and in glue-scripts/dataprep/partition_projection.py. */
    private static void partition(ObjectNode quality) {
        var keys = quality.putObject("partitioning").putArray("keys");
        var parameters = quality.withObject("/partitioning/parameters")
                .put("projection.enabled", "true")
                .put("storage.location.template", FOLDER + "t".repeat(5 * 300));
        for (int i = 0; i < 5; i++) {
            var column = "c".repeat(127) + i;
            keys.add(column);
            parameters
                    .put("projection.%s.type".formatted(column), "enum")
                    .put("projection.%s.values".formatted(column), "v".repeat((8 << 10) / 5));
        }
    }

    private static ObjectNode body(String text) {
        return JSON.createObjectNode()
                .put("Body", text)
                .put("ETag", "e".repeat(34))
                .put("LastModified", TIME)
                .put("ContentType", "application/json")
                .put("ServerSideEncryption", "aws:kms")
                .put("SSEKMSKeyId", "k".repeat(200))
                .put("VersionId", "v".repeat(100));
    }

    private static ObjectNode page(int objects, String key) {
        var page = JSON.createObjectNode()
                .put("IsTruncated", true)
                .put("Prefix", "p".repeat(200))
                .put("NextContinuationToken", "t".repeat(KEY));
        var contents = page.putArray("Contents");
        repeat(
                objects,
                i -> contents.addObject()
                        .put("Key", key)
                        .put("ETag", "e".repeat(40))
                        .put("LastModified", TIME)
                        .put("Size", Long.MAX_VALUE)
                        .put("StorageClass", "INTELLIGENT_TIERING")
                        .put("ChecksumType", "FULL_OBJECT")
                        .put("ChecksumAlgorithm", "CRC64NVME"));
        return page;
    }

    private static ArrayNode list(int size, String text) {
        var list = JSON.createArrayNode();
        repeat(size, i -> list.add(text));
        return list;
    }

    private void texts(Map<String, String> values) {
        values.forEach((name, text) -> variables.put(name, JSON.getNodeFactory().textNode(text)));
    }

    private static void repeat(int times, IntConsumer what) {
        IntStream.range(0, times).forEach(what);
    }
}
