package dataprep.workflow;

import static dataprep.workflow.Shipped.CONTEXT;
import static dataprep.workflow.Shipped.QUALITY;
import static dataprep.workflow.Shipped.at;
import static dataprep.workflow.Shipped.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.Evaluate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The notifications of a run. */
class RunMessagesTest {
    @Test
    void theQualityGateNamesTheFailedRules() {
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
    @CsvSource(delimiter = '|', textBlock = """
            no such key                                                       | no such key
            {"errorMessage": "no file", "errorType": "Gone"}                  | no file
            {"Id": "jr_1", "ErrorMessage":"ValueError: bad\\n at x", "A": 1}   | ValueError: bad
            """)
    void aFailureMessageHasStateReasonRunAndInstructions(String cause, String why) {
        var error = Map.of("Error", "SomeError", "Cause", cause);
        var failure = on("errorOutput", error).template(at("/ExtractData/Catch/0/Assign/failure"));
        var current = Map.of("run_id", "run-0", "published_at", "2026", "rows", 3);
        var evaluation = on("context", CONTEXT).variable("failure", failure).variable("published", current);
        var lines = evaluation
                .template(at("/NotifyFailure/Arguments/Message"))
                .asText()
                .lines()
                .toList();
        assertEquals("The data preparation data-preparation-dev failed in ExtractData", lines.get(0));
        assertEquals("Error: SomeError: " + why, lines.get(1));
        var text = String.join("\n", lines);
        for (var part : List.of(
                "Published: still run run-0, published at 2026, 3 rows; see s3://data-bucket/transformed-data/latest.json",
                "Run: run-1, started at 2026-01-01T00:00:00Z",
                "#/v2/executions/details/arn:execution",
                "/gluestudio/home?region=us-east-1#/editor/job/transform/runs",
                "log-group/$252Faws-glue$252Fjobs$252Fdata-preparation-dev$252Ftransformation$252Foutput",
                "log-group/$252Faws-glue$252Fjobs$252Fdata-preparation-dev$252Ftransformation$252Ferror",
                "aws stepfunctions start-execution --state-machine-arn"
                        + " arn:aws:states:us-east-1:123456789012:stateMachine:state-machine:live"
                        + " --input '{\"force\": true}'")) {
            assertTrue(text.contains(part), text);
        }
        var published = at("/NotifyFailure/Assign/ending").toTree();
        assertEquals(
                "ExtractDataFailed",
                evaluation
                        .variable("ending", published)
                        .template(at("/PipelineFailed/Error"))
                        .asText());
        var refused = at("/NotifyFailure/Catch/0/Assign/ending").toTree();
        assertEquals(
                "ExtractDataFailedUnannounced",
                evaluation
                        .variable("ending", refused)
                        .template(at("/PipelineFailed/Error"))
                        .asText());
        assertEquals(
                "SomeError: " + cause,
                evaluation.template(at("/PipelineFailed/Cause")).asText());
    }

    @Test
    void warningsAreSentOnlyAfterThePublish() {
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
        assertTrue(text.contains("Report: s3://data-bucket/reports/run_id=run-1/job_run=jr_1/quality.json"), text);
    }

    private static String warning(Map<String, Object> quality) {
        return on("context", CONTEXT)
                .variable(
                        "manifest", Map.of("report", "s3://data-bucket/reports/run_id=run-1/job_run=jr_1/quality.json"))
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
}
