package dataprep.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.settings.Source;
import dataprep.settings.SourceDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>'\"&{{runId}}\u2028";

    @Test
    void aPublishedRunShowsTheDestinationsOfItsRows() {
        var html = RunReport.html(RecordedRuns.published());
        assertShows(html, "<h1>Published</h1>");
        assertShows(html, "2,695 of the 2,699 rows read are in the data set.");
        assertShows(html, "4 did not meet the recipe and are quarantined.");
        assertShows(html, "Published now: 2,695 rows of this run in data_preparation_local.flights.");
        assertShows(html, "Each of the 2,699 rows read from flights is in exactly one line of the table.");
        assertShows(html, "completeness of temperature_fahrenheit");
        assertShows(html, "2656 of 2695 rows have a temperature_fahrenheit");
        assertShows(html, "<td>120 DPU-seconds</td><td class=\"number\">$0.0103</td>");
    }

    @Test
    void aRunOfAnIcebergTableShowsWhichFilesItChanged() {
        var run = RecordedRuns.published();
        ((ObjectNode) run.run().quality()).set("table", RecordedRuns.row("""
                {"format": "iceberg", "metadata_location": "s3://b/m/00002-x.metadata.json", "snapshot_id": "7",
                 "files": 48, "bytes": 2097152, "files_added": 3, "files_removed": 1, "files_rewritten": 1,
                 "bytes_added": 3145728, "bytes_removed": 1048576, "partitions": 12,
                 "largest_partition_bytes": 524288}"""));
        var html = RunReport.html(run);
        assertShows(html, "table written by this run (1)");
        assertShows(html, "files rewritten");
        assertShows(html, "largest partition bytes");
        assertShows(html, "3.0 MiB");
        assertShows(html, "s3://b/m/00002-x.metadata.json");
    }

    @Test
    void aQuarantinedRowShowsItsFileItsFieldsAndEveryReason() {
        var row = RecordedRuns.row("""
                {"source": "flights", "file": "s3://bucket/raw/run_id=1/flights/2013/flights.csv", "row": 18,
                 "reasons": ["flights.tail_number: required", "flights.flight: range"],
                 "raw": "{\\"flight\\":\\"-3\\",\\"tail_number\\":null,\\"origin\\":\\"JFK\\"}"}""");
        var html = RunReport.html(RecordedRuns.with(RecordedRuns.published(), List.of(row)));
        assertShows(html, "flights · row 18 of flights/2013/flights.csv");
        assertShows(html, "<span class=\"reason\">flights.tail_number: required</span>");
        assertShows(html, "<span class=\"reason\">flights.flight: range</span>");
        assertShows(html, "<tr class=\"bad\"><th>flight<td>-3");
        assertShows(html, "<tr class=\"bad\"><th>tail_number<td>null");
        assertShows(html, "<tr><th>origin<td>JFK");
    }

    @Test
    void rowsThatAreNotListedAreCounted() {
        var run = RecordedRuns.published();
        var some = RecordedRuns.changed(
                run,
                run.run().status(),
                run.run().events(),
                new Quarantine(run.quarantine().rows().subList(0, 3), false));
        assertShows(
                RunReport.html(run),
                "All 4 rows quarantined are listed. Every other row of flights is in the data set.");
        assertShows(RunReport.html(some), "Only 3 of 4 rows are listed; all are stored under quarantine/run_id");
    }

    @Test
    void anUnreadableRowShowsItsText() {
        var row = RecordedRuns.row("""
                {"source": "flights", "file": "f.csv", "reasons": ["flights: malformed"], "raw": "2013,\\"JFK"}""");
        var html = RunReport.html(RecordedRuns.with(RecordedRuns.published(), List.of(row)));
        assertShows(html, "<pre>2013,&quot;JFK</pre>");
    }

    @Test
    void aFailedRunShowsTheStateTheErrorAndTheResult() {
        var html = RunReport.html(RecordedRuns.failed());
        assertShows(html, "<h1>Failed in TransformData</h1>");
        assertShows(html, "<strong>States.TaskFailed</strong>");
        assertShows(html, "is not authorized to perform: s3:PutObject");
        assertShows(html, "Published now: nothing yet.");
        assertShows(html, "The run ended before the job wrote a report");
    }

    @Test
    void aRunWithNothingToDoNamesThePublishedRun() {
        var html = RunReport.html(RecordedRuns.nothingToDo());
        assertShows(html, "<h1>Nothing to do</h1>");
        assertShows(
                html,
                "Published now: 2,695 rows of run 8f6f88fc-be4e-4ac0-add2-32e404e7e15b in data_preparation_local.flights.");
    }

    @Test
    void theRunsOfOtherDataSetsAreLinkedToTheirReports() {
        var run = RecordedRuns.facts(RecordedRuns.recorded("published"));
        var related = List.of(
                new RelatedRun(RelatedRun.READS, "orders", "o-1", RelatedRun.Place.LOCAL_FOLDER.link("orders", "o-1")),
                new RelatedRun(RelatedRun.READ_BY, "value", "v-1", RelatedRun.Place.DATA_BUCKET.link("value", "v-1")));
        var html = RunReport.html(
                new ReportInput(run.run(), run.definition(), run.sources(), related, run.objects(), run.quarantine()));
        assertShows(html, "Reads</dt><dd><a href=\"o-1.html\">orders</a>");
        assertShows(html, "Read by</dt><dd><a href=\"../../../value/reports/run_id&#x3D;v-1/report.html\">value</a>");
    }

    @Test
    void theSourcesAreNamedByKindAndAddress() {
        var run = RecordedRuns.facts(RecordedRuns.recorded("published"));
        var database = new Source(
                "orders",
                "jdbc:mysql://db/shop",
                null,
                null,
                new SourceDatabase("orders", null, null, null, null, null),
                null);
        var html = RunReport.html(new ReportInput(
                run.run(), run.definition(), List.of(database), List.of(), run.objects(), run.quarantine()));
        assertShows(html, "<b>orders</b> (MySQL table orders, <span class=\"mono\">jdbc:mysql://db/shop</span>)");
    }

    @Test
    void rulesThatOnlyWarnAreCountedInTheHeadline() {
        var run = (ObjectNode) RecordedRuns.recorded("published");
        ((ObjectNode) run.at("/quality/rules/4")).put("passed", false);
        var html = RunReport.html(RecordedRuns.facts(run));
        assertShows(html, "1 warning; see the rules.");
        assertShows(html, "<span class=\"badge warning\">! not met</span>");
    }

    @Test
    void aCoalescedRunNamesTheWaitingRun() {
        var html = RunReport.html(
                published("{\"published\": false, \"coalesced_into\": \"arn:waiting\"}", "{\"run_id\": \"other\"}"));
        assertShows(html, "<h1>Coalesced</h1>");
        assertShows(html, "Published now: run other.");
    }

    @Test
    void aRunShowsWhyItsPruningStoppedEarly() {
        var html = RunReport.html(published(
                "{\"published\": true, \"warnings\": [\"old/: AccessDenied for k\"]}", "{\"run_id\": \"other\"}"));
        assertShows(html, "The deletion of earlier data sets stopped early: old/: AccessDenied for k.");
    }

    @Test
    void aRollbackNamesTheRunThatIsPublishedAgain() {
        var html =
                RunReport.html(published("{\"published\": true, \"run_id\": \"before\"}", "{\"run_id\": \"before\"}"));
        assertShows(html, "<h1>Rolled back</h1>");
        assertShows(html, "The earlier run before is published again.");
    }

    @Test
    void aRunThatEndedDuringThePublicationWarnsOfMixedData() {
        var run = (ObjectNode) RecordedRuns.recorded("failed");
        var claim = "{\"publishing\": {\"execution\": \"%s\"}}"
                .formatted(run.at("/execution/executionArn").asText());
        run.set("manifest", RecordedRuns.row(claim));
        var html = RunReport.html(RecordedRuns.facts(run));
        assertShows(html, "readers may see data of two runs until the next run");
        assertShows(html, "Published now: nothing yet.");
    }

    private static ReportInput published(String output, String manifest) {
        var run = (ObjectNode) RecordedRuns.recorded("published");
        ((ObjectNode) run.path("execution")).put("output", output);
        run.set("manifest", RecordedRuns.row(manifest));
        return RecordedRuns.facts(run);
    }

    @Test
    void anUnfinishedRunShowsItsStatusAndItsState() {
        for (var end : List.of("ABORTED:Aborted", "TIMED_OUT:Timed out", "RUNNING:Still running")) {
            var status = end.split(":")[0];
            var html = RunReport.html(RecordedRuns.cut(RecordedRuns.failed(), "TaskSubmitted", status));
            assertShows(html, "<h1>%s in TransformData</h1>".formatted(end.split(":")[1]));
            assertShows(
                    html, "aria-label=\"TransformData: %s".formatted(status.equals("RUNNING") ? "running" : "aborted"));
        }
    }

    @Test
    void aRunThatHasJustBegunHasAReport() {
        var html = RunReport.html(RecordedRuns.cut(RecordedRuns.failed(), "ExecutionStarted", "RUNNING"));
        assertShows(html, "<h1>Still running</h1>");
    }

    @Test
    void allDataStayText() {
        var run = (ObjectNode) RecordedRuns.recorded("published");
        poison(run.path("quality"));
        poison(run.path("manifest"));
        run.path("quarantine").forEach(RunReportTest::poison);
        ((ObjectNode) run.path("execution")).put("error", HOSTILE + "Failed").put("cause", HOSTILE + ": " + HOSTILE);
        ((ObjectNode) run.path("execution")).put("status", "FAILED");
        var html = RunReport.html(RecordedRuns.facts(run));
        assertFalse(html.contains("<img"), "markup in the data is markup in the page");
        assertEquals(6, count(html, "<script"), "scripts");
        assertEquals(6, count(html, "</script"), "ends of scripts");
        assertEquals(0, count(html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", ""), " on[a-z]+="));
        assertShows(html, "{{runId}}");
    }

    @Test
    void thePolicyLetsRunWhatIsInThePageOnly() {
        var html = RunReport.html(RecordedRuns.published());
        var policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(html);
        assertTrue(policy.find());
        assertTrue(policy.group(1).startsWith("default-src 'none'; script-src 'sha256-"), policy.group(1));
        assertFalse(policy.group(1).contains("unsafe"), policy.group(1));
        assertEquals(0, count(html.replaceAll("(?s)<script.*?</script>", ""), "style=\""), "styles outside the policy");
    }

    @Test
    void aThousandRowsStayBelowTwoMegabytes() {
        var wide = "{\\\"a_column_of_some_length\\\":\\\"a value of some length\\\""
                + ",\\\"c\\\":\\\"<>\\\"".repeat(25) + "}";
        var row = RecordedRuns.row(
                "{\"source\": \"s\", \"file\": \"f\", \"reasons\": [\"s.c: range\"], \"raw\": \"%s\"}".formatted(wide));
        var html = RunReport.html(RecordedRuns.with(RecordedRuns.published(), Collections.nCopies(1000, row)));
        assertTrue(html.getBytes(StandardCharsets.UTF_8).length < 2_000_000, html.length() + " characters");
    }

    /** Replaces every text with hostile text. */
    private static void poison(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                if (entry.getValue().isTextual() && !entry.getKey().equals("run_id")) {
                    object.put(entry.getKey(), HOSTILE);
                }
            });
        }
        node.forEach(RunReportTest::poison);
    }

    private static void assertShows(String html, String text) {
        assertTrue(html.contains(text), () -> "not in the report: " + text);
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }
}
