package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataPreparationWorkflowTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src", "test", "resources", "workflow.asl.json");
    private static final StateMachine MACHINE =
            DataPreparationWorkflow.define(plan("version-2"), Resources.placeholders());
    private static final Map<String, Object> CONTEXT = Map.of(
            "Execution", Map.of("Name", "run-1", "Id", "arn:execution", "StartTime", "2026-01-01T00:00:00Z"),
            "Map", Map.of("Item", Map.of("Value", Map.of("name", "flights", "uri", "s3://b/k"))));
    private static final Map<String, Object> QUALITY = Map.of(
            "verdict",
            "passed",
            "rows_out",
            7,
            "dataset",
            "s3://data-bucket/transformed-data/dataset/run_id=run-1/",
            "output_csv",
            "s3://data-bucket/transformed-data/dataset/run_id=run-1/_output.csv",
            "rules",
            List.of());

    @Test
    void theShippedDefinitionHasNoProblem() {
        assertEquals(List.of(), MACHINE.problems());
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
        var event = on("context", CONTEXT).template(at("/ExtractData/ItemSelector"));
        assertEquals("flights", event.at("/source/name").asText());
        assertEquals("run-1", event.path("run_id").asText());
        assertEquals(
                "s3://data-bucket/raw/run_id=run-1/flights/",
                event.path("destination").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "false, version-2, false, false",
        "true,  version-2, false, true",
        "false, version-1, false, true",
        "false,          , false, true",
        "false, version-2, true,  true",
    })
    void aRunIsDueIfASourceOrTheVersionChangedOrItIsForced(
            boolean changed, String published, boolean force, boolean due) {
        var answer = new HashMap<String, Object>(Map.of("name", "flights", "changed", changed));
        answer.put("published_version", published);
        var evaluated = Evaluate.onNothing().variable("force", force).variable("sources", List.of(answer));
        assertEquals(due, evaluated.template(at("/NewData/Choices/0/Condition")).asBoolean());
    }

    @ParameterizedTest
    @CsvSource({"{}, false", "{\"force\": true}, true", "{\"force\": \"yes\"}, false", "{\"other\": 1}, false"})
    void onlyForceIsReadOfTheInput(String input, boolean force) throws IOException {
        var evaluated = on("input", JSON.readTree(input)).template(at("/ExtractData/Assign/force"));
        assertEquals(force, evaluated.asBoolean());
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
                Map.of("name", "minRows", "passed", false, "message", "0 rows"),
                Map.of("name", "other", "passed", true, "message", "fine"),
                Map.of("name", "maxQuarantinedFraction", "passed", false, "message", "too many"));
        var failure = Evaluate.onNothing()
                .variable("quality", Map.of("verdict", "failed", "rules", rules))
                .template(at("/QualityGate/Assign/failure"));
        assertEquals(
                "minRows: 0 rows; maxQuarantinedFraction: too many",
                failure.path("cause").asText());
    }

    @ParameterizedTest
    @CsvSource({"s3://b/o.csv, true", ", false"})
    void aCsvIsPublishedIfTheJobWroteOne(String csv, boolean published) {
        var quality = new HashMap<String, Object>();
        quality.put("output_csv", csv);
        var condition = at("/LoadData/Branches/0/States/CsvWritten/Choices/0/Condition");
        assertEquals(
                published,
                Evaluate.onNothing()
                        .variable("quality", quality)
                        .template(condition)
                        .asBoolean());
    }

    @Test
    void theManifestSaysWhatIsPublishedAndOfWhat() throws IOException {
        var source = Map.of("name", "flights", "uri", "s3://x", "bytes", 1, "etag", "e", "changed", true);
        var body = on("context", CONTEXT)
                .variable("quality", QUALITY)
                .variable("sources", List.of(source))
                .template(at("/CommitManifest/Arguments/Body"));
        var manifest = JSON.readTree(body.asText());
        assertEquals("run-1", manifest.path("run_id").asText());
        assertEquals("version-2", manifest.path("version").asText());
        assertEquals(
                "s3://data-bucket/transformed-data/output.csv",
                manifest.path("output_csv").asText());
        assertEquals("database.table", manifest.path("table").asText());
        assertEquals(
                "[{\"name\":\"flights\",\"uri\":\"s3://x\",\"bytes\":1,\"etag\":\"e\"}]",
                manifest.path("sources").toString());
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
        var told = on("context", CONTEXT).variable("failure", failure);
        var lines = told.template(at("/NotifyFailure/Arguments/Message"))
                .asText()
                .lines()
                .toList();
        assertEquals("The data preparation data-preparation-dev failed in ExtractData", lines.get(0));
        assertEquals("Why: SomeError: " + why, lines.get(1));
        var text = String.join("\n", lines);
        for (var part : List.of(
                "Published: what the last successful run published",
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
        quality.put("rules", List.of(rule));
        var text = on("context", CONTEXT)
                .variable("quality", quality)
                .template(at("/NotifyWarning/Arguments/Message"))
                .asText();
        assertTrue(
                text.startsWith("The data preparation data-preparation-dev published 7 rows, with warnings:\n"
                        + "- some rows: 3 of 4\n- column x is new\n"),
                text);
        assertTrue(text.contains("Report: s3://data-bucket/reports/run_id=run-1/quality.json"), text);
    }

    private static boolean warned(Map<String, Object> quality) {
        return Evaluate.onNothing()
                .variable("quality", quality)
                .template(at("/QualityWarnings/Choices/0/Condition"))
                .asBoolean();
    }

    static Plan plan(String version) {
        var plan = StackFiles.settings("dev").workflow();
        return new Plan(
                plan.sources(),
                plan.extractConcurrency(),
                plan.extractTimeoutSeconds(),
                plan.transformTimeoutMinutes(),
                plan.runTimeoutMinutes(),
                version,
                plan.columns(),
                plan.watching());
    }

    private static Evaluate on(String field, Object sample) {
        return Evaluate.on(field, sample);
    }

    private static Payload at(String pointer) {
        try {
            JsonNode found = JSON.readTree(MACHINE.toJson()).path("States").at(pointer);
            return Payload.of(found);
        } catch (IOException e) {
            throw new AssertionError(pointer, e);
        }
    }
}
