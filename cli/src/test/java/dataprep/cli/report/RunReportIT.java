package dataprep.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports in a browser; writes screenshots to target/report. */
class RunReportIT {
    private static final Path FOLDER = Path.of("target", "report");
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final int TAB = 9;
    private static final int ENTER = 13;

    @Test
    void theReportOfAPublishedRunHasItsGraphAndItsResult() throws Exception {
        try (var browser = open("published", RecordedRuns.published())) {
            assertEquals("Published", text(browser, "h1"));
            assertTrue(text(browser, ".graph").contains("TransformData"), "the graph's states");
            assertTrue(text(browser, "#timeline").contains("TransformData 1 min 8 s"), "the timeline's bars");
            assertTrue(text(browser, "#sankey").contains("2,695 in the data set"), text(browser, "#sankey"));
            assertTrue(text(browser, "#rules").contains("2656 of 2695 rows"), "the rules' findings");
            assertEquals(
                    4,
                    browser.evaluate("document.querySelectorAll('#quarantined .row').length")
                            .asInt());
            browser.evaluate("document.querySelector('.row').open = true");
            picture(browser, "published");
            assertNothingIsWrong(browser);
        }
    }

    @Test
    void theReportOfAFailedRunHasItsGraphAndItsError() throws Exception {
        try (var browser = open("failed", RecordedRuns.failed())) {
            assertEquals("Failed in TransformData", text(browser, "h1"));
            assertEquals(
                    "TransformData",
                    text(browser, ".graph .failed:not(.scope) text:not(.sign)").strip());
            picture(browser, "failed");
            assertNothingIsWrong(browser);
        }
    }

    @Test
    void runsOfEveryOtherKindAreDrawn() throws Exception {
        var runs = Map.of(
                "nothing-to-do", RecordedRuns.nothingToDo(),
                "rolled-back", RecordedRuns.rolledBack(),
                "failed-extraction", RecordedRuns.failedInExtraction());
        for (var run : runs.entrySet()) {
            try (var browser = open(run.getKey(), run.getValue())) {
                assertTrue(text(browser, "#timeline").contains(" ms"), run.getKey());
                picture(browser, run.getKey());
                assertNothingIsWrong(browser);
            }
        }
    }

    @Test
    void aRowIsFoundAndOpenedByTheKeyboardAlone() throws Exception {
        try (var browser = open("many-rows", RecordedRuns.with(RecordedRuns.published(), manyRows()))) {
            assertEquals(25, shownRows(browser));
            browser.type("/");
            assertEquals("query", browser.evaluate("document.activeElement.id").asText());
            browser.type("tail-417");
            assertEquals(1, shownRows(browser));
            assertEquals("1 of 600 rows", text(browser, "#found"));
            browser.press("Tab", TAB);
            browser.press("Enter", ENTER);
            var opened = text(browser, ".row[open]");
            assertTrue(opened.contains("flights.tail_number: required"), opened);
            assertTrue(opened.contains("row 405 of flights/flights.csv"), opened);
            assertNothingIsWrong(browser);
        }
    }

    @Test
    void aRowIsFoundByItsNumber() throws Exception {
        try (var browser = open("many-rows", RecordedRuns.with(RecordedRuns.published(), manyRows()))) {
            for (var query : List.of("17", "#17", "Row 17")) {
                browser.type("/");
                browser.evaluate("document.getElementById('query').select()");
                browser.type(query);
                assertTrue(text(browser, ".row:not([hidden])").contains("row 17 of flights/flights.csv"), query);
            }
        }
    }

    @Test
    void aRowThatIsNotQuarantinedIsNotFoundByItsNumber() throws Exception {
        try (var browser = open("published", RecordedRuns.published())) {
            browser.type("/17");
            assertEquals("2 of 4 rows; none is row 17", text(browser, "#found"));
            browser.type("85");
            assertEquals("1 of 4 rows", text(browser, "#found"));
        }
    }

    @Test
    void aPageFitsAPhoneAndFollowsTheTheme() throws Exception {
        try (var browser = open("published", RecordedRuns.published())) {
            var backgrounds = new ArrayList<String>();
            for (var dark : List.of(false, true)) {
                browser.look(PHONE, dark);
                assertEquals(
                        PHONE,
                        browser.evaluate("document.documentElement.scrollWidth").asInt());
                backgrounds.add(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asText());
            }
            assertEquals(List.of("rgb(251, 251, 250)", "rgb(20, 22, 26)"), backgrounds);
            browser.evaluate("document.getElementById('theme').click()");
            assertEquals(
                    backgrounds.get(0),
                    browser.evaluate("getComputedStyle(document.body).backgroundColor")
                            .asText());
        }
    }

    @Test
    void everyTextStandsOutFromItsBackground() throws Exception {
        for (var run : List.of(RecordedRuns.published(), RecordedRuns.failed())) {
            try (var browser = open("contrast", run)) {
                browser.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");
                for (var dark : List.of(false, true)) {
                    browser.look(DESKTOP, dark);
                    assertEquals(
                            "[]", browser.evaluate(Files.readString(CONTRAST)).toString());
                }
            }
        }
    }

    private static final Path CONTRAST =
            Path.of("cli", "src", "test", "resources", "dataprep", "cli", "report", "contrast.js");

    private static Browser open(String name, ReportInput facts) throws Exception {
        var file = Files.createDirectories(FOLDER).resolve(name + ".html");
        Files.writeString(file, RunReport.html(facts));
        return new Browser(file.toAbsolutePath().toUri(), FOLDER);
    }

    private static void picture(Browser browser, String name) throws Exception {
        for (var dark : List.of(true, false)) {
            for (var width : List.of(PHONE, DESKTOP)) {
                browser.look(width, dark);
                browser.screenshot(FOLDER.resolve("%s-%d-%s.png".formatted(name, width, dark ? "dark" : "light")));
            }
        }
    }

    /** Rows of which the fifth has a value that contains 17. */
    private static List<JsonNode> manyRows() {
        return IntStream.range(0, 600)
                .mapToObj(i -> RecordedRuns.row("""
                        {"source": "flights", "file": "s3://b/raw/run_id=1/flights/flights.csv", "row": %d,
                         "reasons": ["flights.tail_number: required"],
                         "raw": "{\\"carrier\\":\\"UA\\",\\"tail_number\\":\\"tail-%d\\"}"}""".formatted(i + 1, i + 13)))
                .toList();
    }

    private static int shownRows(Browser browser) throws Exception {
        return browser.evaluate("document.querySelectorAll('.row:not([hidden])').length")
                .asInt();
    }

    private static String text(Browser browser, String selector) throws Exception {
        return browser.evaluate("document.querySelector('%s').textContent".formatted(selector))
                .asText();
    }

    private static void assertNothingIsWrong(Browser browser) {
        assertEquals(List.of(), browser.complaints());
        assertEquals(1, browser.requests().size(), browser.requests().toString());
    }
}
