package dataprep.workflow;

import static dataprep.workflow.Shipped.CONTEXT;
import static dataprep.workflow.Shipped.JSON;
import static dataprep.workflow.Shipped.MACHINE;
import static dataprep.workflow.Shipped.PUBLISHED;
import static dataprep.workflow.Shipped.QUALITY;
import static dataprep.workflow.Shipped.at;
import static dataprep.workflow.Shipped.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.asl.Evaluate;
import dataprep.asl.Task;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The publication of a run, its failures, and the pruning afterwards. */
class PublicationTest {
    private static final String START = "2026-01-01T00:00:00Z";

    @ParameterizedTest
    @CsvSource({"s3://b/o.csv, '', 0", "s3://b/o.csv, e, 0", ", e, 1", ", '', 2"})
    void aCsvIsPublishedIfTheJobWroteOneAndAnEarlierOneIsRemovedIfNot(String csv, String etag, int way) {
        var manifest = new HashMap<String, Object>();
        manifest.put("output_csv_copied_from", csv);
        var evaluated = Evaluate.onNothing().variable("manifest", manifest).variable("csvEtag", etag);
        var rule = "/LoadData/Branches/0/States/CsvWritten/Choices/%d/Condition";
        var taken = evaluated.template(at(rule.formatted(0))).asBoolean()
                ? 0
                : evaluated.template(at(rule.formatted(1))).asBoolean() ? 1 : 2;
        assertEquals(way, taken);
    }

    @ParameterizedTest
    @CsvSource({"e, 0, IfMatch, e, 7", "'', 0, IfNoneMatch, *, 7", "e, 1, IfMatch, '\"redriven\"', redriven"})
    void theViewsAreWrittenOnlyIfUnchangedAndNotAfterARedrive(
            String etag, int redrives, String condition, String value, String version) {
        var evaluated = on("context", Map.of("Execution", Map.of("RedriveCount", redrives)))
                .variable(
                        "manifest",
                        Map.of(
                                "output_csv_copied_from",
                                "s3://b/o.csv",
                                "dataset",
                                "s3://b/d/",
                                "description",
                                "Orders"))
                .variable("claimRedrives", 0)
                .variable("csvEtag", etag)
                .variable("tableVersion", "7")
                .variable("tableMetadata", "")
                .variable("tableColumns", List.of());
        var copy = evaluated.template(at("/LoadData/Branches/0/States/PublishCsv/Arguments"));
        assertEquals(value, copy.path(condition).asText(), copy.toString());
        assertEquals(4, copy.size(), copy.toString());
        assertEquals("b/o.csv", copy.path("CopySource").asText());
        var update = evaluated.template(at("/LoadData/Branches/0/States/PointTable/Arguments"));
        assertEquals(version, update.path("VersionId").asText());
        assertEquals("Orders", update.at("/TableInput/Description").asText());
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
        var body = arguments.path("Body");
        assertEquals("arn:execution", body.at("/publishing/execution").asText());
        assertEquals("run-0", body.path("run_id").asText());
    }

    @Test
    void theManifestSaysWhatIsPublishedAndOfWhat() {
        var source = Map.of(
                "name", "flights", "uri", "s3://x", "bytes", 1, "etag", "e", "changed", true, "copied_at", "2026");
        var staged = on("context", CONTEXT)
                .variable("run", "run-1")
                .variable("jobRun", "jr_1")
                .variable("version", "version-2")
                .variable("published", Map.of())
                .variable("quality", QUALITY)
                .variable("sources", List.of(source))
                .template(at("/QualityGate/Choices/0/Assign/manifest"));
        var manifest = on("context", CONTEXT)
                .variable("claimEtag", "e1")
                .variable("csvVersion", "v7")
                .variable("manifest", staged)
                .template(at("/CommitManifest/Arguments"))
                .path("Body");
        assertEquals("run-1", manifest.path("run_id").asText());
        assertEquals("version-2", manifest.path("version").asText());
        assertEquals(
                "s3://data-bucket/transformed-data/output.csv",
                manifest.path("output_csv").asText());
        assertEquals("v7", manifest.path("output_csv_version").asText());
        assertEquals("database.table", manifest.path("table").asText());
        assertEquals("arn:execution", manifest.path("execution").asText());
        assertEquals(
                "s3://data-bucket/reports/run_id=run-1/job_run=jr_1/quality.json",
                manifest.path("report").asText());
        assertEquals(
                "[{\"name\":\"flights\",\"uri\":\"s3://x\",\"bytes\":1,\"etag\":\"e\",\"copied_at\":\"2026\"}]",
                manifest.path("sources").toString());
        assertEquals(JSON.valueToTree(QUALITY.get("columns")), manifest.path("columns"));
        assertFalse(manifest.has("publishing"));
    }

    /** The integration encodes a body as JSON: a text would become a JSON string for the next run. */
    @Test
    void everyBodyThatIsPutIsAnObject() {
        for (var located : MACHINE.everyState()) {
            if (located.state() instanceof Task task && task.caption().equals("aws-sdk:s3:putObject")) {
                assertFalse(task.arguments().toString().contains("$string("), located.path());
            }
        }
    }

    @Test
    void aRunsManifestIsStagedBesideItsDataSet() {
        var arguments = Evaluate.onNothing()
                .variable(
                        "manifest", Map.of("dataset", "s3://data-bucket/transformed-data/dataset/run_id=r/job_run=j/"))
                .template(at("/StageManifest/Arguments"));
        assertEquals(
                "transformed-data/dataset/run_id=r/job_run=j/_manifest.json",
                arguments.path("Key").asText());
        assertTrue(arguments.path("Body").isObject());
    }

    @Test
    void aRollbackPublishesTheRunWithTheVersionsOfItsSources() throws IOException {
        var kept = Map.of("run_id", "run-0", "rows", 3, "dataset", "s3://data-bucket/d/");
        var staged = Map.of("run_id", "run-0", "sources", List.of(Map.of("etag", "old")), "history", List.of());
        var evaluated = on("context", CONTEXT)
                .and("result", Map.of("Body", JSON.writeValueAsString(staged)))
                .variable("run", "run-0")
                .variable("kept", kept)
                .variable("published", Map.of("history", List.of(Map.of("run_id", "run-5"), kept)));
        assertEquals(
                "d/_manifest.json",
                evaluated.template(at("/ReadKeptRun/Arguments")).path("Key").asText());
        var manifest = evaluated.template(at("/ReadKeptRun/Assign/manifest"));
        assertEquals("old", manifest.at("/sources/0/etag").asText());
        assertEquals(List.of("run-0", "run-5"), manifest.path("history").findValuesAsText("run_id"));
        assertEquals(kept.get("dataset"), manifest.at("/history/0/dataset").asText());
    }

    @Test
    void theLastRunsAreRetained() {
        var published = List.of("run-5", "run-4", "run-3", "run-2", "run-0").stream()
                .map(run -> Map.of("run_id", run))
                .toList();
        var history = historyOf("run-3", published);
        assertEquals(
                List.of("run-3", "run-5", "run-4", "run-2", "run-0"),
                history.findValuesAsText("run_id"),
                "a run that is published again comes first");
        var first = historyOf("run-1", List.of());
        assertTrue(first.isArray(), "a list of one run");
        assertEquals(List.of("run-1"), first.findValuesAsText("run_id"));
        assertEquals("arn:execution", first.at("/0/execution").asText());
    }

    private static JsonNode historyOf(String run, List<?> published) {
        return on("context", CONTEXT)
                .variable("run", run)
                .variable("jobRun", "jr_1")
                .variable("version", "version-2")
                .variable("sources", List.of())
                .variable("quality", QUALITY)
                .variable("published", published.isEmpty() ? Map.of() : Map.of("history", published))
                .template(at("/QualityGate/Choices/0/Assign/manifest"))
                .path("history");
    }

    @Test
    void theDataSetsOfRunsThatAreNotRetainedAreStale() throws IOException {
        var listed = JSON.readTree(
                "{\"CommonPrefixes\": [{\"Prefix\": \"transformed-data/dataset/run_id=run-0/\"}, {\"Prefix\": \"transformed-data/dataset/run_id=run-9/\"}]}");
        var stale = on("result", listed)
                .variable("manifest", Map.of("history", List.of(Map.of("run_id", "run-0"))))
                .template(at("/ListRuns/Assign/staleRuns"));
        assertEquals("[\"transformed-data/dataset/run_id=run-9/\"]", stale.toString());
        var none = on("result", Map.of("KeyCount", 0))
                .variable("manifest", Map.of("history", List.of(Map.of("run_id", "run-0"))))
                .template(at("/ListRuns/Assign/staleRuns"));
        assertEquals("[]", none.toString());
    }

    @ParameterizedTest
    @CsvSource({
        ", arn:execution, this run still has the claim",
        "arn:other, arn:execution, this run still has the claim",
        "arn:execution, , the commit took effect",
        "arn:execution, arn:other, the commit took effect",
        "arn:other, arn:other, ",
        "arn:other, , ",
        "arn:execution:before, , ",
        "arn:other, arn:execution:before, ",
        ", , "
    })
    void onlyTheRunThatStillHoldsTheClaimRestores(String inHistory, String publishing, String way) {
        var published = new HashMap<String, Object>();
        if (inHistory != null) {
            published.put("history", List.of(by("arn:newer"), by(inHistory)));
        }
        if (publishing != null) {
            published.put("publishing", by(publishing));
        }
        var evaluated = on("context", CONTEXT).variable("published", published);
        String taken = null;
        for (int i = 1; i >= 0; i--) {
            var rule = "/Outcome/Choices/%d".formatted(i);
            if (evaluated.template(at(rule + "/Condition")).asBoolean()) {
                taken = at(rule + "/Comment").toTree().asText();
            }
        }
        assertEquals(way, taken);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:execution, 0, 0, the claim was written",
        "arn:execution, 0, 1, redriven since the claim",
        "arn:other, 0, 0, "
    })
    void aRejectedClaimIsHeldIfThisExecutionWroteItSinceItsLastRedrive(
            String by, int claimed, int redrives, String way) {
        var evaluated = on(
                        "context",
                        Map.of(
                                "Execution",
                                Map.of("Id", "arn:execution", "StartTime", START, "RedriveCount", redrives)))
                .variable("claimed", Map.of("publishing", by(by)))
                .variable("claimRedrives", claimed)
                .variable("claimEtag", "new")
                .variable("publishedEtag", "old");
        String taken = null;
        for (int i = 2; i >= 0; i--) {
            var rule = "/ClaimHeld/Choices/%d".formatted(i);
            if (evaluated.template(at(rule + "/Condition")).asBoolean()) {
                taken = at(rule + "/Comment").toTree().asText();
            }
        }
        assertEquals(way, taken);
    }

    /** An ARN belongs to another execution after its name is reused. */
    private static Map<String, Object> by(String execution) {
        return execution.endsWith("before")
                ? Map.of("execution", execution.replace(":before", ""), "started_at", "2025-01-01T00:00:00Z")
                : Map.of("execution", execution, "started_at", START);
    }

    @ParameterizedTest
    @CsvSource({
        "S3.S3Exception, 0, 0",
        "States.Timeout, 0, 600",
        "Glue.SdkClientException, 0, 600",
        "S3.S3Exception, 1, 600"
    })
    void aRunWaitsForItsOwnLateCallsWhereThereMayBeAny(String error, int redrives, int seconds) {
        var waits = on("context", Map.of("Execution", Map.of("RedriveCount", redrives)))
                .variable("failure", Map.of("error", error))
                .variable("claimRedrives", 0)
                .template(at("/AwaitOwnLateCalls/Seconds"));
        assertEquals(seconds, waits.asInt());
    }

    @Test
    void aPublisherTakesOverOnlyAfterTheLastCallsOfThePreviousOne() {
        var until = Evaluate.onNothing()
                .variable("publisherStopped", "2026-01-01T00:00:00Z")
                .template(at("/AwaitLateCalls/Timestamp"));
        assertEquals("2026-01-01T00:10:00.000Z", until.asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"run_id": "run-0", "rows": 3, "publishing": {"run_id": "run-1"}} | {"run_id": "run-0", "rows": 3}
            {"publishing": {"run_id": "run-1"}}                               | {}
            """)
    void theRestorationShowsTheManifestsRun(String published, String restored) throws IOException {
        var value = Evaluate.onNothing()
                .variable("published", JSON.readTree(published))
                .template(at("/ClaimRestoration/Assign/restored"));
        assertEquals(JSON.readTree(restored), value);
    }
}
