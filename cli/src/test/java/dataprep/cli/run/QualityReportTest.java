package dataprep.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityReportTest {
    @Test
    void everyReasonIsShownWithItsRowsPlaceAndSamples() throws IOException {
        assertEquals(
                List.of(
                        "Rows: 2,699 in, 2,690 out, 9 quarantined",
                        "        5  flights.air_time: not an integer, such as \"1h\", \"x\", \"y\"",
                        "        3  flights.tail_number: required",
                        "        1  data set: key is unique",
                        "           and 2 more reasons, in the catalog's quality table"),
                lines("""
                        {"rows_in": 2699, "rows_out": 2690, "rows_quarantined": 9, "rows_kept": 0,
                         "reasons": [
                          {"source": "flights", "column": "air_time", "rule": "not an integer", "rows": 5,
                           "samples": ["1h", "x", "y", "z"]},
                          {"source": "flights", "column": "tail_number", "rule": "required", "rows": 3, "samples": []},
                          {"source": "data set", "column": null, "rule": "key is unique", "rows": 1, "samples": []}],
                         "reasons_not_listed": 2, "rules": [], "warnings": []}"""));
    }

    @Test
    void rowsWithOtherDestinationsAreCounted() throws IOException {
        assertEquals(
                List.of("Rows: 9 in, 4 out, 0 quarantined, 2 deduplicated, 3 filtered"),
                lines("{\"rows_in\": 9, \"rows_out\": 4, \"rows_deduplicated\": 2, \"rows_filtered\": 3}"));
    }

    @Test
    void rulesThatAreNotMetAndWarningsAreShown() throws IOException {
        assertEquals(
                List.of(
                        "Rows: 0 in, 0 out, 0 quarantined",
                        "  rule not met (warn): enough rows: 0 rows, at least 1 wanted",
                        "  warning: source flights has a new column: gate"),
                lines("""
                        {"rules": [
                          {"name": "enough rows", "severity": "warn", "passed": false,
                           "message": "0 rows, at least 1 wanted"},
                          {"name": "fresh", "severity": "warn", "passed": true, "message": "is fresh"}],
                         "warnings": ["source flights has a new column: gate"]}"""));
    }

    private static List<String> lines(String json) throws IOException {
        return new QualityReport(new ObjectMapper().readTree(json)).lines();
    }
}
