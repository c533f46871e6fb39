package dataprep.workflow;

import static dataprep.workflow.Shipped.CONTEXT;
import static dataprep.workflow.Shipped.INCREMENTAL;
import static dataprep.workflow.Shipped.JSON;
import static dataprep.workflow.Shipped.MACHINE;
import static dataprep.workflow.Shipped.PUBLISHED;
import static dataprep.workflow.Shipped.at;
import static dataprep.workflow.Shipped.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.Evaluate;
import dataprep.asl.validation.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataPreparationWorkflowTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "workflow.asl.json");

    @Test
    void theShippedDefinitionHasNoProblem() {
        assertEquals(List.of(), Validation.problems(MACHINE));
        assertEquals(List.of(), Validation.problems(INCREMENTAL));
        assertEquals(List.of(), Validation.problems(Shipped.ICEBERG));
    }

    /** To accept an intended change, copy the written file over the reviewed one. */
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
                .variable("extraction", "7")
                .variable("published", Map.of())
                .template(at("/ExtractData/ItemSelector"));
        assertEquals("flights", event.at("/source/name").asText());
        assertEquals("run-1", event.path("run_id").asText());
        assertEquals(
                "s3://data-bucket/raw/run_id=run-1/extraction=7/flights/",
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
    void everythingIsExtractedAgainWithForceAnotherVersionOrAnIncompletePublication(
            String input, String published, boolean full) throws IOException {
        var evaluated = on("context", executionWith(input))
                .variable("published", JSON.readTree(published.replace('\'', '"')))
                .template(at("/Requested/Assign/full"));
        assertEquals(full, evaluated.asBoolean());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"rollback_to": "run-0"} | rollback
            {"rollback_to": "run-9"} | rollback to a run that is not retained
            {"rollback_to": 7}       | rollback to a run that is not retained
            {"rollback_to": null}    | rollback to a run that is not retained
            {}                       |
            """)
    void aRollbackPublishesARetainedRun(String input, String way) throws IOException {
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
    void aRollbackToAnotherRunListsTheRetainedRuns() throws IOException {
        var failure = on("context", executionWith("{\"rollback_to\": \"run-9\"}"))
                .variable("published", PUBLISHED)
                .template(at("/Requested/Choices/1/Assign/failure"));
        assertEquals(
                "rollback_to: invalid value run-9; must be a retained run: run-0",
                failure.path("cause").asText());
    }

    @ParameterizedTest
    @CsvSource({"false, flights, e1", "true, flights, null", "false, other, null"})
    void anExtractionGetsThePublishedEntryOfItsSource(boolean full, String source, String etag) {
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
    void anIncrementalRunMergesWithThePublishedDataSetUnlessItIsFull(boolean full, String merged) {
        var arguments = on("context", CONTEXT)
                .variable("full", full)
                .variable("published", Map.of("dataset", "s3://b/dataset/"))
                .template(at(INCREMENTAL, "/TransformData/Arguments/Arguments"));
        assertEquals(merged, arguments.path("--published").asText());
    }

    @Test
    void theJobGetsItsRunAndItsPaths() {
        var arguments =
                on("context", CONTEXT).variable("extraction", "7").template(at("/TransformData/Arguments/Arguments"));
        assertEquals("run-1", arguments.path("--run_id").asText());
        assertEquals("data-bucket", arguments.path("--data_bucket").asText());
        assertEquals(
                "raw/run_id=run-1/extraction=7/", arguments.path("--raw_prefix").asText());
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, true", "STOPPED, false"})
    void aStoppedJobRunIsNotASuccess(String state, boolean goesOn) {
        var evaluated = Evaluate.onNothing().variable("jobRunState", state);
        assertEquals(
                goesOn,
                evaluated.template(at("/TransformEnded/Choices/0/Condition")).asBoolean());
    }

    private static Map<String, Object> executionWith(String input) throws IOException {
        return Map.of("Execution", Map.of("Name", "run-1", "Input", JSON.readValue(input, Object.class)));
    }
}
