package dataprep.workflow;

import static dataprep.workflow.Shipped.CONTEXT;
import static dataprep.workflow.Shipped.JSON;
import static dataprep.workflow.Shipped.PUBLISHED;
import static dataprep.workflow.Shipped.QUALITY;
import static dataprep.workflow.Shipped.at;
import static dataprep.workflow.Shipped.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.asl.Evaluate;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a run becomes the current one, what happens if it cannot, and what is deleted afterwards. */
class PublicationTest {
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
        assertEquals(JSON.valueToTree(QUALITY.get("columns")), manifest.path("columns"));
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
}
