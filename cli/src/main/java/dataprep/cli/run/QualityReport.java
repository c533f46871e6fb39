package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A run's quality.json, the Spark job's report on rows and rules, as lines for a person. */
record QualityReport(JsonNode json) {
    /** Where else than to the data set or the quarantine a row of the main source goes, as the report names it. */
    private static final Map<String, String> OTHER_WAYS = Map.of(
            "rows_deduplicated", "deduplicated",
            "rows_filtered", "filtered",
            "rows_aggregated", "aggregated",
            "rows_kept", "kept from the last publish");

    private static final int SAMPLES_SHOWN = 3;

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("Rows: " + String.join(", ", counts()));
        for (var reason : json.path("reasons")) {
            lines.add(String.format(
                    Locale.ROOT, "  %,7d  %s%s", reason.path("rows").asLong(), place(reason), samples(reason)));
        }
        var more = json.path("reasons_not_listed").asInt();
        if (more > 0) {
            lines.add("           and %d reasons more, in the catalog's quality table".formatted(more));
        }
        for (var rule : json.path("rules")) {
            if (!rule.path("passed").asBoolean()) {
                lines.add("  rule not met (%s): %s: %s"
                        .formatted(text(rule, "severity"), text(rule, "name"), text(rule, "message")));
            }
        }
        json.path("warnings").forEach(warning -> lines.add("  warning: " + warning.asText()));
        return lines;
    }

    private List<String> counts() {
        var counts = new ArrayList<>(
                List.of(count("rows_in", "in"), count("rows_out", "out"), count("rows_quarantined", "quarantined")));
        OTHER_WAYS.keySet().stream()
                .sorted()
                .filter(way -> json.path(way).asLong() > 0)
                .forEach(way -> counts.add(count(way, OTHER_WAYS.get(way))));
        return counts;
    }

    private String count(String field, String meaning) {
        return String.format(Locale.ROOT, "%,d %s", json.path(field).asLong(), meaning);
    }

    /** A rule on whole rows has no column, nor has a row that could not be read. */
    private static String place(JsonNode reason) {
        var place = Stream.of("source", "column")
                .filter(reason::hasNonNull)
                .map(part -> text(reason, part))
                .collect(Collectors.joining("."));
        return "%s: %s".formatted(place, text(reason, "rule"));
    }

    private static String samples(JsonNode reason) {
        var samples = reason.path("samples");
        if (samples.isEmpty()) {
            return "";
        }
        return StreamSupport.stream(samples.spliterator(), false)
                .limit(SAMPLES_SHOWN)
                .map(JsonNode::toString)
                .collect(Collectors.joining(", ", ", such as ", ""));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
