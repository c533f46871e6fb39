package dataprep.workflow;

import static dataprep.workflow.Shipped.CONTEXT;
import static dataprep.workflow.Shipped.JSON;
import static dataprep.workflow.Shipped.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.asl.Evaluate;
import dataprep.asl.StateMachine;
import dataprep.asl.validation.Validation;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a data set whose source is a paged API with a watermark. */
class ExtractionStatesTest {
    private static final StateMachine PAGED = machine("src/test/resources/watermark.json", """
            [{"name": "orders", "uri": "https://e.org/orders?key=secret", "since": "from",
              "paging": {"type": "cursor", "records": "items", "next": "next", "parameter": "after"}}]""");
    private static final StateMachine DATABASE = machine("src/test/resources/watermark-of-database.json", """
            [{"name": "orders", "uri": "jdbc:postgresql://db/shop", "since": "updated",
              "auth": {"type": "basic", "secret": "shop"}, "database": {"table": "orders"}}]""");
    private static final String BRANCH = "/ExtractData/ItemProcessor/States/";

    @Test
    void theDefinitionsHaveNoProblem() {
        assertEquals(List.of(), Validation.problems(PAGED));
        assertEquals(List.of(), Validation.problems(DATABASE));
    }

    @Test
    void theEventHasTheSettingsOfTheSourceAndNoSecret() throws IOException {
        var item = JSON.readTree(PAGED.toJson()).at("/States/ExtractData/Items/0");
        assertEquals(JSON.readTree("""
                        {"name": "orders", "uri": "https://e.org/orders", "since": "from",
                         "paging": {"type": "cursor", "records": "items", "next": "next", "parameter": "after",
                                    "maxPages": 10000, "maxMegabytes": 1024, "maxMinutes": 60}}"""), item);
        var database = JSON.readTree(DATABASE.toJson()).at("/States/ExtractData/Items/0");
        assertEquals(JSON.readTree("""
                        {"name": "orders", "uri": "jdbc:postgresql://db/shop", "since": "updated",
                         "database": {"table": "orders", "fetchSize": 10000, "timeoutSeconds": 3600,
                                      "allowPlaintext": false}}"""), database);
    }

    @Test
    void anExtractionThatHasNotEndedIsInvokedAgainWithItsContinuation() {
        var output = at(PAGED, BRANCH + "ExtractSource/Output");
        var event = Map.of("run_id", "run-1", "continuation", Map.of("page", 1));
        var more = Evaluate.on("input", event)
                .and("result", Map.of("Payload", Map.of("name", "orders", "continuation", Map.of("page", 7))))
                .template(output);
        assertEquals(7, more.at("/continuation/page").asInt());
        assertEquals("run-1", more.path("run_id").asText());
        assertTrue(isMore(more));
        var end = Evaluate.on("input", event)
                .and("result", Map.of("Payload", Map.of("name", "orders", "uri", "s3://b/k/")))
                .template(output);
        assertEquals("s3://b/k/", end.path("uri").asText());
        assertFalse(isMore(end));
    }

    private static boolean isMore(JsonNode input) {
        return Evaluate.on("input", input)
                .template(at(PAGED, BRANCH + "MorePages/Choices/0/Condition"))
                .asBoolean();
    }

    /** A full run reads everything. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            false | {"watermark": "2024-03-01"} | "2024-03-01"
            true  | {"watermark": "2024-03-01"} | null
            false | {"watermark": null}         | null
            false | {}                          | null
            """)
    void aRunStartsFromThePublishedWatermark(boolean full, String published, String since) throws IOException {
        var event = Evaluate.on("context", CONTEXT)
                .variable("full", full)
                .variable("extraction", "7")
                .variable("published", JSON.readTree(published))
                .template(at(PAGED, "/ExtractData/ItemSelector"));
        assertEquals(JSON.readTree(since), event.path("since"));
    }

    @Test
    void theManifestHasTheWatermarkOfTheRun() throws IOException {
        for (var machine : List.of(PAGED, DATABASE)) {
            var manifest = JSON.readTree(machine.toJson())
                    .at("/States/QualityGate/Choices/0/Assign/manifest")
                    .asText();
            assertTrue(manifest.contains("'watermark': $quality.watermark"), manifest);
            assertEquals(machine == PAGED, manifest.contains("'pages': pages, 'records': records"), manifest);
        }
    }

    private static StateMachine machine(String recipe, String sources) {
        var settings = StackFiles.settings("dev", Map.of("recipe", recipe, "sources", sources));
        return DataPreparationWorkflow.define(StackFiles.workflow(settings), ResourceNames.placeholders());
    }
}
