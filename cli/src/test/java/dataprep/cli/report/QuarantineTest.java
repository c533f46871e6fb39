package dataprep.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class QuarantineTest {
    private final Quarantine.Collector collector = new Quarantine.Collector();

    @Test
    void rowsOfAllFilesAreCollected() throws IOException {
        assertTrue(add("{\"raw\": \"1\"}\n{\"raw\": \"2\"}\n"));
        assertTrue(add("{\"raw\": \"3\"}"));
        assertTrue(add(""));
        assertEquals(3, collector.collected().rows().size());
        assertTrue(collector.collected().complete());
    }

    @Test
    void theReportHasAtMostAThousandRows() throws IOException {
        assertTrue(add("{\"raw\": \"1\"}\n".repeat(1_000)));
        assertTrue(collector.collected().complete());
        assertFalse(add("{\"raw\": \"1\"}\n"));
        assertEquals(1_000, collector.collected().rows().size());
        assertFalse(collector.collected().complete());
    }

    @Test
    void aVeryLongRowIsTruncatedAndStaysText() throws IOException {
        add("{\"row\": 17, \"reasons\": [\"long\"], \"raw\": \"%s\"}\n{\"raw\": \"next\"}\n"
                .formatted("x".repeat(10_000_000)));
        var rows = collector.collected().rows();
        assertEquals(2, rows.size());
        assertEquals(17, rows.get(0).path("row").asInt());
        assertEquals("long", rows.get(0).path("reasons").path(0).asText());
        assertTrue(rows.get(0).path("raw").asText().startsWith("{\"row\": 17"));
        assertTrue(rows.get(0).path("raw").asText().length() < 30_000);
        assertEquals("next", rows.get(1).path("raw").asText());
    }

    @Test
    void wideRowsAreFewer() throws IOException {
        assertFalse(add("{\"raw\": \"%s\"}\n".formatted("x".repeat(10_000)).repeat(100)));
        assertEquals(59, collector.collected().rows().size());
    }

    private boolean add(String file) throws IOException {
        return collector.add(new BufferedReader(new StringReader(file)));
    }
}
