package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.asl.Evaluate;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.asl.validation.Validation;
import dataprep.settings.StackFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages and metrics of runs with metrics and a chat enabled. */
class OperationsStatesTest {
    private static final StateMachine MACHINE = DataPreparationWorkflow.define(
            StackFiles.workflow(StackFiles.settings("dev", StackFiles.EVERYTHING_ON)), ResourceNames.placeholders());

    @Test
    void theDefinitionHasNoProblem() {
        assertEquals(List.of(), Validation.problems(MACHINE));
    }

    @Test
    void noMessageOrMetricAfterThePublishCanFailTheRun() {
        for (var state : List.of("RecordConsumption", "RecordRows", "NotifyWarning", "PostWarning")) {
            var caught = at("/%s/Catch/0".formatted(state));
            assertEquals("[\"States.ALL\"]", caught.path("ErrorEquals").toString());
            assertEquals(at("/%s/Next".formatted(state)), caught.path("Next"), state);
        }
    }

    @Test
    void aFailureIsPostedEvenIfTheTopicRefusesIt() {
        assertEquals("PostFailure", at("/NotifyFailure/Next").asText());
        assertEquals("PostFailure", at("/NotifyFailure/Catch/0/Next").asText());
        assertEquals("PipelineFailed", at("/PostFailure/Catch/0/Next").asText());
    }

    @Test
    void eachRunWritesWhatBecameOfItsRows() {
        var quality = Map.of("rows_in", 300, "rows_out", 290, "rows_quarantined", 10);
        assertEquals(
                Map.of(
                        "UpToDate",
                        1.0,
                        "RowsIn",
                        300.0,
                        "RowsOut",
                        290.0,
                        "RowsQuarantined",
                        10.0,
                        "RejectedPercent",
                        3.33),
                metrics(quality));
        var dimension = at("/RecordRows/Arguments/MetricData/0/Dimensions/0");
        assertEquals("data-preparation-dev", dimension.path("Value").asText());
    }

    @Test
    void onlyARunWithNothingToDoOrItsOwnDataIsUpToDate() {
        assertEquals("RecordUpToDate", at("/NewData/Default").asText());
        assertEquals("NothingToDo", at("/RecordUpToDate/Next").asText());
        assertEquals(
                "UpToDate",
                at("/RecordUpToDate/Arguments/MetricData/0/MetricName").asText());
        assertEquals("Succeed", at("/Coalesced/Type").asText());
    }

    @ParameterizedTest
    @CsvSource({"run-1, true", "run-0, false"})
    void aRollbackSendsNoMessages(String published, boolean isSent) {
        var warned = Map.of("rules", List.of(), "warnings", List.of("a column is new"));
        for (var condition : List.of("/OwnData/Choices/0/Condition", "/QualityWarnings/Choices/0/Condition")) {
            var evaluated = Evaluate.on("context", Map.of("Execution", Map.of("Name", "run-1")))
                    .variable("run", published)
                    .variable("quality", warned)
                    .template(Payload.of(at(condition)));
            assertEquals(isSent, evaluated.asBoolean(), condition);
        }
    }

    @Test
    void aRunWithoutRowsHasNoQuarantinedRows() {
        assertEquals(
                0.0,
                metrics(Map.of("rows_in", 0, "rows_out", 0, "rows_quarantined", 0))
                        .get("RejectedPercent"));
    }

    @ParameterizedTest
    @CsvSource({"1800,,,2,1.0", "100,7200,4.0,2,2.0", "900,,4.0,2,1.0"})
    void theJobsConsumptionIsThatOfGlueOrOfItsCapacity(
            int seconds, Integer dpuSeconds, Double capacity, int workers, double hours) {
        var run = new HashMap<String, Object>(Map.of("ExecutionTime", seconds, "NumberOfWorkers", workers));
        if (dpuSeconds != null) {
            run.put("DPUSeconds", dpuSeconds);
        }
        if (capacity != null) {
            run.put("MaxCapacity", capacity);
        }
        var value =
                Evaluate.on("input", run).template(Payload.of(at("/RecordConsumption/Arguments/MetricData/0/Value")));
        assertEquals(hours, value.asDouble());
    }

    @Test
    void aChatMessageHasItsStackSoThatOtherStacksIgnoreIt() {
        var entry = at("/PostFailure/Arguments/Entries/0");
        assertEquals("data-preparation", entry.path("Source").asText());
        assertEquals("data-preparation-dev", entry.at("/Detail/stack").asText());
    }

    @Test
    void theChatGetsTheMessageOfTheTopicWithItsMarkupEscaped() {
        var quality = Map.of(
                "rows_out", 7, "rules", List.of(), "warnings", List.of("<!channel> & <https://evil.example|click>"));
        var evaluated = Evaluate.on("context", Map.of("Execution", Map.of("Name", "run-1", "Id", "arn:execution")))
                .variable("manifest", Map.of("report", "s3://b/quality.json"))
                .variable("quality", quality);
        var mail = evaluated.template(Payload.of(at("/NotifyWarning/Arguments/Message")));
        var chat = evaluated.template(Payload.of(at("/PostWarning/Arguments/Entries/0/Detail/text")));
        assertTrue(mail.asText().contains("- <!channel> & <https://evil.example|click>"), mail.asText());
        assertEquals(mail.asText().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), chat.asText());
    }

    @Test
    void metricsAndMessagesNeedPermissionsForTheirOwnNamespaceAndSource() {
        var permissions = MACHINE.permissions().stream()
                .filter(statement -> !statement.conditions().isEmpty())
                .map(statement -> statement.actions() + " " + statement.conditions())
                .collect(Collectors.toSet());
        assertTrue(
                permissions.contains(
                        "[cloudwatch:PutMetricData] {StringEquals={cloudwatch:namespace=[DataPreparation]}}"),
                permissions.toString());
        assertTrue(
                permissions.contains("[events:PutEvents] {StringEquals={events:source=[data-preparation]}}"),
                permissions.toString());
    }

    private static Map<String, Double> metrics(Map<String, Integer> quality) {
        var evaluated = Evaluate.onNothing()
                .variable("quality", quality)
                .template(Payload.of(at("/RecordRows/Arguments/MetricData")));
        return evaluated
                .valueStream()
                .collect(Collectors.toMap(
                        metric -> metric.path("MetricName").asText(),
                        metric -> metric.path("Value").asDouble()));
    }

    private static JsonNode at(String pointer) {
        try {
            return new ObjectMapper().readTree(MACHINE.toJson()).path("States").at(pointer);
        } catch (IOException e) {
            throw new AssertionError(pointer, e);
        }
    }
}
