package dataprep.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;

class RowFlowTest {
    private static final RowFlow ALL_WAYS = RowFlow.of(RecordedRuns.row("""
                    {"main": "orders", "rows_in": 100, "rows_out": 80, "rows_quarantined": 7, "rows_deduplicated": 5,
                     "rows_filtered": 10, "rows_aggregated": 0, "rows_kept": 2,
                     "sources": {"orders": {"rows_in": 100, "rows_quarantined": 4},
                                 "customers": {"rows_in": 9, "rows_quarantined": 1}}}""")).orElseThrow();

    @Test
    void everyRowThatComesToAPlaceLeavesItOrEndsThere() {
        for (var node : ALL_WAYS.nodes()) {
            var in = sum(node.id(), false);
            var out = sum(node.id(), true);
            assertTrue(in == node.rows() || out == node.rows(), node + ": " + in + " in, " + out + " out");
            assertTrue(in == 0 || out == 0 || in == out, node + ": " + in + " in, " + out + " out");
        }
    }

    @Test
    void theLinesOfTheTableAddUpToAllRows() {
        assertEquals(
                100 + 2, ALL_WAYS.ends().stream().mapToLong(RowFlow.End::rows).sum());
    }

    @Test
    void linksWithoutRowsAreNotDrawn() {
        assertTrue(ALL_WAYS.links().stream().noneMatch(link -> link.target().equals("aggregated")));
        assertTrue(ALL_WAYS.nodes().stream().noneMatch(node -> node.rows() == 0));
    }

    @Test
    void quarantinedAreThoseOfAllSourcesAndOfTheDataSet() {
        assertEquals(4 + 1 + 3, ALL_WAYS.quarantined());
    }

    @Test
    void rowsThatAreNotListedAreAccountedFor() {
        assertEquals(
                "Every other row of orders is in the data set, unless it was deduplicated (5) or filtered out (10).",
                ALL_WAYS.others());
        assertEquals(
                "Each of the 100 rows read from orders and of the 2 retained from the last publish is in exactly one line of"
                        + " the table.",
                ALL_WAYS.conserved());
    }

    @Test
    void aRunWithoutAReportHasNone() {
        assertTrue(RowFlow.of(MissingNode.getInstance()).isEmpty());
    }

    private static long sum(String node, boolean leaving) {
        return ALL_WAYS.links().stream()
                .filter(link -> (leaving ? link.source() : link.target()).equals(node))
                .mapToLong(RowFlow.Link::rows)
                .sum();
    }
}
