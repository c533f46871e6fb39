package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.asl.Evaluate;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataPreparationWorkflowTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src", "test", "resources", "workflow.asl.json");
    private static final StateMachine MACHINE =
            DataPreparationWorkflow.define(plan("version-2"), Resources.placeholders());
    private static final StateMachine INCREMENTAL =
            DataPreparationWorkflow.define(plan("version-2", "flights"), Resources.placeholders());
    private static final Map<String, Object> PUBLISHED =
            Map.of("run_id", "run-0", "version", "version-2", "history", List.of(Map.of("run_id", "run-0")));
    private static final Map<String, Object> CONTEXT = Map.of(
            "Execution", Map.of("Name", "run-1", "Id", "arn:execution", "StartTime", "2026-01-01T00:00:00Z"),
            "Map", Map.of("Item", Map.of("Value", Map.of("name", "flights", "uri", "s3://b/k"))));
    private static final Map<String, Object> QUALITY = Map.of(
            "verdict",
            "passed",
            "rows_in",
            8,
            "rows_out",
            7,
            "rows_quarantined",
            1,
            "dataset",
            "s3://data-bucket/transformed-data/dataset/run_id=run-1/",
            "output_csv",
            "s3://data-bucket/transformed-data/dataset/run_id=run-1/_output.csv",
            "columns",
            List.of(Map.of("Name", "id", "Type", "int")));

    @Test
    void theShippedDefinitionHasNoProblem() {
        assertEquals(List.of(), MACHINE.problems());
        assertEquals(List.of(), INCREMENTAL.problems());
    }

    /** A change on purpose is accepted by copying the written file over the reviewed one. */
    @Test
    void theDefinitionIsTheOneThatWasReviewed() throws IOException {
        var written = Files.writeString(Path.of("target", "workflow.asl.json"), MACHINE.toPrettyJson() + "\n");
        assertTrue(
                JSON.readTree(GOLDEN.toFile()).equals(JSON.readTree(written.toFile())),
                () -> "not as reviewed: diff %s %s".formatted(GOLDEN, written));
    }

    @Test
    void aSourceIsExtractedIntoTheRunsOwnFolder() {
        var event = on("context", CONTEXT)
                .variable("full", true)
                .variable("published", Map.of())
                .template(at("/ExtractData/ItemSelector"));
        assertEquals("flights", event.at("/source/name").asText());
        assertEquals("run-1", event.path("run_id").asText());
        assertEquals(
                "s3://data-bucket/raw/run_id=run-1/flights/",
                event.path("destination").asText());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aRunIsDueIfASourceHasChanged(boolean changed, boolean due) {
        var answers =
                List.of(Map.of("name", "airlines", "changed", false), Map.of("name", "flights", "changed", changed));
        var evaluated = Evaluate.onNothing().variable("sources", answers);
        assertEquals(due, evaluated.template(at("/NewData/Choices/0/Condition")).asBoolean());
    }

    @Test
    void anIncrementalRunIsDueIfItsOwnSourceHasChanged() {
        var condition = at(INCREMENTAL, "/NewData/Choices/0/Condition");
        var flights = List.of(Map.of("name", "airlines", "changed", false), Map.of("name", "flights", "changed", true));
        var airlines =
                List.of(Map.of("name", "airlines", "changed", true), Map.of("name", "flights", "changed", false));
        assertTrue(Evaluate.onNothing()
                .variable("sources", flights)
                .template(condition)
                .asBoolean());
        assertFalse(Evaluate.onNothing()
                .variable("sources", airlines)
                .template(condition)
                .asBoolean());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                | {'version': 'version-2'}                     | false
            {"force": true}   | {'version': 'version-2'}                     | true
            {"force": "yes"}  | {'version': 'version-2'}                     | false
            {"other": 1}      | {'version': 'version-2'}                     | false
            {}                | {'version': 'version-1'}                     | true
            {}                | {}                                           | true
            {}                | {'version': 'version-2', 'publishing': {}}   | true
            """)
    void allIsTakenAnewIfForcedOrOfAnotherVersionOrLeftHalfDone(String input, String published, boolean full)
            throws IOException {
        var evaluated = on("context", executionWith(input))
                .variable("published", JSON.readTree(published.replace('\'', '"')))
                .template(at("/Requested/Assign/full"));
        assertEquals(full, evaluated.asBoolean());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"rollback_to": "run-0"} | rollback
            {"rollback_to": "run-9"} | rollback to a run that is not kept
            {"rollback_to": 7}       | rollback to a run that is not kept
            {"rollback_to": null}    | rollback to a run that is not kept
            {}                       |
            """)
    void aRollbackGoesToARunThatIsKept(String input, String way) throws IOException {
        var evaluated = on("context", executionWith(input)).variable("published", PUBLISHED);
        String taken = null;
        for (int i = 1; i >= 0; i--) {
            var rule = "/Requested/Choices/%d".formatted(i);
            if (evaluated.template(at(rule + "/Condition")).asBoolean()) {
                taken = at(rule + "/Comment").toTree().asText();
            }
        }
        assertEquals(way, taken);
    }

    @Test
    void aRollbackToNoKeptRunSaysWhichOnesAre() throws IOException {
        var failure = on("context", executionWith("{\"rollback_to\": \"run-9\"}"))
                .variable("published", PUBLISHED)
                .template(at("/Requested/Choices/1/Assign/failure"));
        assertEquals(
                "rollback_to: got run-9, allowed are the runs that are kept: run-0",
                failure.path("cause").asText());
    }

    @ParameterizedTest
    @CsvSource({"false, flights, e1", "true, flights, null", "false, other, null"})
    void aSourceIsToldWhatIsPublishedOfIt(boolean full, String source, String etag) {
        var published = Map.of(
                "sources", List.of(Map.of("name", "weather", "etag", "e0"), Map.of("name", source, "etag", "e1")));
        var event = on("context", CONTEXT)
                .variable("full", full)
                .variable("published", published)
                .template(at("/ExtractData/ItemSelector"));
        assertEquals(etag, event.path("published").path("etag").asText("null"));
        assertFalse(event.path("incremental").asBoolean());
    }

    @ParameterizedTest
    @CsvSource({"false, s3://b/dataset/", "true, none"})
    void anIncrementalRunMergesWithWhatIsPublishedUnlessAllIsTakenAnew(boolean full, String merged) {
        var arguments = on("context", CONTEXT)
                .variable("full", full)
                .variable("published", Map.of("dataset", "s3://b/dataset/"))
                .template(at(INCREMENTAL, "/TransformData/Arguments/Arguments"));
        assertEquals(merged, arguments.path("--published").asText());
    }

    @Test
    void theJobIsToldItsRunAndItsPlaces() {
        var arguments = on("context", CONTEXT).template(at("/TransformData/Arguments/Arguments"));
        assertEquals("run-1", arguments.path("--run_id").asText());
        assertEquals("data-bucket", arguments.path("--data_bucket").asText());
        assertEquals("raw/run_id=run-1/", arguments.path("--raw_prefix").asText());
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, true", "STOPPED, false"})
    void aStoppedJobRunIsNoSuccess(String state, boolean goesOn) {
        var evaluated = Evaluate.onNothing().variable("jobRunState", state);
        assertEquals(
                goesOn,
                evaluated.template(at("/TransformEnded/Choices/0/Condition")).asBoolean());
    }

    @Test
    void theGateTellsWhichRulesDoNotHold() {
        var rules = List.of(
                rule("minRows", "fail run", false, "0 rows"),
                rule("other", "fail run", true, "fine"),
                rule("odd", "warn", false, "somewhat odd"),
                rule("maxQuarantinedFraction", "fail run", false, "too many"));
        var failure = Evaluate.onNothing()
                .variable("quality", Map.of("verdict", "failed", "rules", rules))
                .template(at("/QualityGate/Assign/failure"));
        assertEquals(
                "minRows: 0 rows; maxQuarantinedFraction: too many",
                failure.path("cause").asText());
    }

    @ParameterizedTest
    @CsvSource({"s3://b/o.csv, , 0", "s3://b/o.csv, s3://b/p.csv, 0", ", s3://b/p.csv, 1", ", , 2"})
    void aCsvIsPublishedIfTheJobWroteOneAndAnEarlierOneIsRemovedIfNot(String csv, String before, int way) {
        var quality = new HashMap<String, Object>();
        quality.put("output_csv", csv);
        var published = new HashMap<String, Object>();
        published.put("output_csv", before);
        var evaluated = Evaluate.onNothing().variable("quality", quality).variable("published", published);
        var rule = "/LoadData/Branches/0/States/CsvWritten/Choices/%d/Condition";
        var taken = evaluated.template(at(rule.formatted(0))).asBoolean()
                ? 0
                : evaluated.template(at(rule.formatted(1))).asBoolean() ? 1 : 2;
        assertEquals(way, taken);
    }

    @ParameterizedTest
    @CsvSource({"'', {\"IfNoneMatch\":\"*\"}", "'\"e\"', {\"IfMatch\":\"\\\"e\\\"\"}"})
    void theManifestIsWrittenOnlyOverTheOneThatWasRead(String etag, String condition) throws IOException {
        var arguments = on("context", CONTEXT)
                .variable("published", PUBLISHED)
                .variable("publishedEtag", etag)
                .variable("run", "run-1")
                .template(at("/ClaimPublication/Arguments"));
        JSON.readTree(condition)
                .properties()
                .forEach(wanted -> assertEquals(wanted.getValue(), arguments.get(wanted.getKey())));
        assertEquals(5, arguments.size(), arguments.toString());
        var body = JSON.readTree(arguments.path("Body").asText());
        assertEquals("arn:execution", body.at("/publishing/execution").asText());
        assertEquals("run-0", body.path("run_id").asText());
    }

    @Test
    void theManifestSaysWhatIsPublishedAndOfWhat() throws IOException {
        var source = Map.of(
                "name", "flights", "uri", "s3://x", "bytes", 1, "etag", "e", "changed", true, "copied_at", "2026");
        var arguments = on("context", CONTEXT)
                .variable("run", "run-1")
                .variable("version", "version-2")
                .variable("claimEtag", "e1")
                .variable("csvVersion", "v7")
                .variable("quality", QUALITY)
                .variable("sources", List.of(source))
                .variable("history", List.of(Map.of("run_id", "run-1")))
                .template(at("/CommitManifest/Arguments"));
        var manifest = JSON.readTree(arguments.path("Body").asText());
        assertEquals("run-1", manifest.path("run_id").asText());
        assertEquals("version-2", manifest.path("version").asText());
        assertEquals(
                "s3://data-bucket/transformed-data/output.csv",
                manifest.path("output_csv").asText());
        assertEquals("v7", manifest.path("output_csv_version").asText());
        assertEquals("database.table", manifest.path("table").asText());
        assertEquals(
                "[{\"name\":\"flights\",\"uri\":\"s3://x\",\"bytes\":1,\"etag\":\"e\",\"copied_at\":\"2026\"}]",
                manifest.path("sources").toString());
        assertEquals(
                "[{\"Name\":\"id\",\"Type\":\"int\"}]", manifest.path("columns").toString());
        assertFalse(manifest.has("publishing"));
    }

    @Test
    void theLastRunsAreKept() {
        var published = List.of("run-5", "run-4", "run-3", "run-2", "run-0").stream()
                .map(run -> Map.of("run_id", run))
                .toList();
        var history = on("context", CONTEXT)
                .variable("run", "run-3")
                .variable("quality", QUALITY)
                .variable("published", Map.of("history", published))
                .template(at("/QualityGate/Choices/0/Assign/history"));
        assertEquals(
                List.of("run-3", "run-5", "run-4", "run-2", "run-0"),
                history.findValuesAsText("run_id"),
                "a rollback's target comes first");
        var first = on("context", CONTEXT)
                .variable("run", "run-1")
                .variable("quality", QUALITY)
                .variable("published", Map.of())
                .template(at("/QualityGate/Choices/0/Assign/history"));
        assertTrue(first.isArray(), "a list of one run");
        assertEquals(List.of("run-1"), first.findValuesAsText("run_id"));
    }

    @Test
    void theDataSetsOfRunsThatAreNotKeptAreStale() throws IOException {
        var listed = JSON.readTree(
                "{\"CommonPrefixes\": [{\"Prefix\": \"transformed-data/dataset/run_id=run-0/\"}, {\"Prefix\": \"transformed-data/dataset/run_id=run-9/\"}]}");
        var stale = on("result", listed)
                .variable("history", List.of(Map.of("run_id", "run-0")))
                .template(at("/ListRuns/Assign/staleRuns"));
        assertEquals("[\"transformed-data/dataset/run_id=run-9/\"]", stale.toString());
        var none = on("result", Map.of("KeyCount", 0))
                .variable("history", List.of(Map.of("run_id", "run-0")))
                .template(at("/ListRuns/Assign/staleRuns"));
        assertEquals("[]", none.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "arn:execution, , committed after all",
        "arn:other, arn:other-2, another run publishes",
        "arn:other, arn:execution, ",
        "arn:other, , ",
        ", arn:execution, "
    })
    void aPublicationThatFailedIsTakenBackUnlessItIsDoneOrAnothersTurn(String by, String publishing, String way) {
        var current = new HashMap<String, Object>();
        if (by != null) {
            current.put("execution", by);
        }
        if (publishing != null) {
            current.put("publishing", Map.of("execution", publishing));
        }
        var evaluated = on("context", CONTEXT).variable("current", current);
        String taken = null;
        for (int i = 1; i >= 0; i--) {
            var rule = "/Outcome/Choices/%d".formatted(i);
            if (evaluated.template(at(rule + "/Condition")).asBoolean()) {
                taken = at(rule + "/Comment").toTree().asText();
            }
        }
        assertEquals(way, taken);
    }

    @Test
    void whatIsRestoredIsWhatTheManifestSaid() throws IOException {
        var current = Map.of("run_id", "run-0", "rows", 3, "publishing", Map.of("run_id", "run-1"));
        var arguments = Evaluate.onNothing()
                .variable("current", current)
                .variable("currentEtag", "e")
                .template(at("/RestoreManifest/Arguments"));
        assertEquals(
                JSON.readTree("{\"run_id\": \"run-0\", \"rows\": 3}"),
                JSON.readTree(arguments.path("Body").asText()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no such key                                                       | no such key
            {"errorMessage": "no file", "errorType": "Gone"}                  | no file
            {"Id": "jr_1", "ErrorMessage":"ValueError: bad\\n at x", "A": 1}   | ValueError: bad
            """)
    void aFailureIsToldWithStateReasonRunAndWhatToDo(String cause, String why) {
        var error = Map.of("Error", "SomeError", "Cause", cause);
        var failure = on("errorOutput", error).template(at("/ExtractData/Catch/0/Assign/failure"));
        var published = Map.of("run_id", "run-0", "published_at", "2026", "rows", 3);
        var told = on("context", CONTEXT).variable("failure", failure).variable("published", published);
        var lines = told.template(at("/NotifyFailure/Arguments/Message"))
                .asText()
                .lines()
                .toList();
        assertEquals("The data preparation data-preparation-dev failed in ExtractData", lines.get(0));
        assertEquals("Why: SomeError: " + why, lines.get(1));
        var text = String.join("\n", lines);
        for (var part : List.of(
                "Published: still run run-0 of 2026, 3 rows; what s3://data-bucket/transformed-data/latest.json names",
                "Run: run-1, started at 2026-01-01T00:00:00Z",
                "#/v2/executions/details/arn:execution",
                "/gluestudio/home?region=us-east-1#/editor/job/transform/runs",
                "log-group/$252Faws-glue$252Fjobs$252Fdata-preparation-dev$252Ftransformation",
                "aws stepfunctions redrive-execution --execution-arn arn:execution")) {
            assertTrue(text.contains(part), text);
        }
        assertEquals(
                "ExtractDataFailed", told.template(at("/PipelineFailed/Error")).asText());
        assertEquals(
                "SomeError: " + cause,
                told.template(at("/PipelineFailed/Cause")).asText());
    }

    @Test
    void warningsAreToldAfterThePublishAndOnlyThen() {
        var rule = Map.of("name", "some rows", "severity", "warn", "passed", false, "message", "3 of 4");
        var quality = new HashMap<>(QUALITY);
        assertEquals(false, warned(quality));
        quality.put("rules", List.of(Map.of("name", "held", "severity", "warn", "passed", true, "message", "")));
        assertEquals(false, warned(quality));
        quality.put("warnings", List.of("column x is new"));
        assertEquals(true, warned(quality));
        assertTrue(warning(quality).contains("with warnings:\n- column x is new\nReport: "), warning(quality));
        quality.put("rules", List.of(rule));
        var text = warning(quality);
        assertTrue(
                text.startsWith("The data preparation data-preparation-dev published 7 rows, with warnings:\n"
                        + "- some rows: 3 of 4\n- column x is new\n"),
                text);
        assertTrue(text.contains("Report: s3://data-bucket/reports/run_id=run-1/quality.json"), text);
    }

    private static String warning(Map<String, Object> quality) {
        return on("context", CONTEXT)
                .variable("run", "run-1")
                .variable("quality", quality)
                .template(at("/NotifyWarning/Arguments/Message"))
                .asText();
    }

    private static boolean warned(Map<String, Object> quality) {
        return on("context", CONTEXT)
                .variable("run", "run-1")
                .variable("quality", quality)
                .template(at("/QualityWarnings/Choices/0/Condition"))
                .asBoolean();
    }

    private static Map<String, Object> rule(String name, String severity, boolean passed, String message) {
        return Map.of("name", name, "severity", severity, "passed", passed, "message", message);
    }

    private static Map<String, Object> executionWith(String input) throws IOException {
        return Map.of("Execution", Map.of("Name", "run-1", "Input", JSON.readValue(input, Object.class)));
    }

    static Plan plan(String version, String... incrementalSource) {
        var plan = StackFiles.settings("dev").workflow();
        return new Plan(
                plan.sources(),
                Stream.of(incrementalSource).findFirst(),
                plan.extractConcurrency(),
                plan.extractTimeoutSeconds(),
                plan.transformTimeoutMinutes(),
                plan.runTimeoutMinutes(),
                plan.keptRuns(),
                version,
                plan.watching());
    }

    private static Evaluate on(String field, Object sample) {
        return Evaluate.on(field, sample);
    }

    private static Payload at(String pointer) {
        return at(MACHINE, pointer);
    }

    private static Payload at(StateMachine machine, String pointer) {
        try {
            JsonNode found = JSON.readTree(machine.toJson()).path("States").at(pointer);
            return Payload.of(found);
        } catch (IOException e) {
            throw new AssertionError(pointer, e);
        }
    }
}
