package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final MonitoredResources WATCHED = new MonitoredResources(
            "project-stack", "eu-central-1", "arn:machine", "extract", "rule", "/logs/workflow", "queue");

    private static final OptionalDouble PRICE = OptionalDouble.of(0.308);

    private static JsonNode widgets;

    @BeforeAll
    static void write() throws Exception {
        widgets = new ObjectMapper()
                .readTree(Dashboard.body(List.of(WATCHED), PRICE))
                .path("widgets");
    }

    @Test
    void theSameNamesGiveTheSameText() {
        assertEquals(Dashboard.body(List.of(WATCHED), PRICE), Dashboard.body(List.of(WATCHED), PRICE));
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
    @Test
    void widgetsFillTheGridWithoutOverlap() {
        var places = new HashSet<List<Integer>>();
        for (var widget : widgets) {
            var place = List.of(widget.path("x").asInt(), widget.path("y").asInt());
            assertTrue(places.add(place), place.toString());
            assertTrue(place.get(0) + widget.path("width").asInt() <= 24, place.toString());
            assertEquals(0, place.get(1) % widget.path("height").asInt());
        }
    }

    @Test
    void everyWidgetHasATitleAndTheStacksRegion() {
        for (var widget : widgets) {
            assertTrue(widget.at("/properties/title").isTextual(), widget.toString());
            assertEquals("eu-central-1", widget.at("/properties/region").asText());
        }
    }

    @Test
    void costIsWhatTheRunConsumedAtThePriceOfItsGlueVersion() {
        var metrics = titled("Glue cost of a run ($)").path("metrics");
        assertEquals("m * 0.308", metrics.at("/0/0/expression").asText());
        assertEquals("DpuHours", metrics.at("/1/1").asText());
        assertEquals("m", metrics.at("/1/4/id").asText());
        assertEquals(false, metrics.at("/1/4/visible").asBoolean());
    }

    @Test
    void withoutAPriceTheHoursAreShown() throws Exception {
        var unpriced = Dashboard.body(List.of(WATCHED), OptionalDouble.empty());
        assertTrue(unpriced.contains("Glue DPU-hours of a run"), unpriced);
        assertFalse(unpriced.contains("($)"), unpriced);
    }

    @Test
    void runsAreShownByHowTheyEnded() {
        var ends = titled("Runs")
                .path("metrics")
                .valueStream()
                .map(metric -> metric.path(1).asText())
                .toList();
        assertEquals(
                List.of("ExecutionsSucceeded", "ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"), ends);
    }

    private static JsonNode titled(String title) {
        return widgets.valueStream()
                .map(widget -> widget.path("properties"))
                .filter(properties -> properties.path("title").asText().equals(title))
                .findFirst()
                .orElseThrow();
    }
}
