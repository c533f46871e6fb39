package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Formats a run's quality.json, the Spark job's report on rows and rules, as text. */
record QualityReport(JsonNode json) {
    /** The other destinations of the main source's rows, by the report's keys. */
    private static final Map<String, String> OTHER_DESTINATIONS = Map.of(
            "rows_deduplicated", "deduplicated",
            "rows_filtered", "filtered",
            "rows_aggregated", "aggregated",
            "rows_kept", "retained from the last publish");

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
            lines.add("           and %d more reasons, in the catalog's quality table".formatted(more));
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
        OTHER_DESTINATIONS.keySet().stream()
                .sorted()
                .filter(key -> json.path(key).asLong() > 0)
                .forEach(key -> counts.add(count(key, OTHER_DESTINATIONS.get(key))));
        return counts;
    }

    private String count(String field, String meaning) {
        return String.format(Locale.ROOT, "%,d %s", json.path(field).asLong(), meaning);
    }

    /** Rules on whole rows and unreadable rows have no column. */
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
