package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The published state from the manifest at the time of the report: its plain values, and a table for each list.
 *
 * @param summary one sentence
 * @param whose names the run that published it
 */
record PublishedSection(String summary, String whose, List<Value> values, List<Table> tables) {
    private static final Map<String, String> LABELS = Map.of(
            "run_id", "run",
            "published_at", "published",
            "output_csv", "CSV file",
            "dataset", "data set",
            "version", "version of recipe and code");

    private static final int SHORT = 10;
    private static final int MOST_ROWS = 200;

    record Value(String label, String text) {}

    record Table(String label, List<String> columns, List<List<String>> rows, String more) {
        boolean isShort() {
            return rows.size() <= SHORT;
        }
    }

    private static String summary(ReportInput facts) {
        var manifest = facts.run().manifest();
        if (!facts.run().somethingIsPublished()) {
            return "Published now: nothing yet.";
        }
        var run = manifest.path("run_id").asText();
        var rows = manifest.path("rows").isNumber()
                ? Formats.count(manifest.path("rows").asLong(), "row") + " of "
                : "";
        var where =
                manifest.hasNonNull("table") ? " in " + manifest.path("table").asText() : "";
        return "Published now: %s%s%s."
                .formatted(rows, run.equals(facts.run().id()) ? "this run" : "run " + run, where);
    }

    static PublishedSection of(ReportInput facts) {
        var manifest = facts.run().manifest();
        var values = new ArrayList<Value>();
        var tables = new ArrayList<Table>();
        manifest.properties().forEach(entry -> {
            var value = entry.getValue();
            if (value.isArray() && value.path(0).isObject()) {
                tables.add(table(entry.getKey(), value));
            } else if (value.isObject()) {
                tables.add(table(entry.getKey(), List.of(value)));
            } else if (!value.isNull()) {
                values.add(new Value(label(entry.getKey()), text(entry.getKey(), value)));
            }
        });
        if (!facts.objects().isEmpty()) {
            tables.add(0, table("objects", facts.objects()));
        }
        var version = facts.run().quality().path("table");
        if (version.isObject()) {
            tables.add(0, table("table written by this run", List.of(version)));
        }
        return new PublishedSection(summary(facts), whose(facts), values, tables);
    }

    private static String whose(ReportInput facts) {
        if (!facts.run().somethingIsPublished()) {
            return "Nothing has been published yet.";
        }
        return facts.run().publishedByThisRun() ? "Published by this run." : "Published by another run.";
    }

    private static Table table(String name, Iterable<JsonNode> entries) {
        // some entries have fields that others lack
        var columns = new LinkedHashSet<String>();
        entries.forEach(entry -> entry.fieldNames().forEachRemaining(columns::add));
        var rows = new ArrayList<List<String>>();
        entries.forEach(entry -> rows.add(
                columns.stream().map(column -> text(column, entry.path(column))).toList()));
        return new Table(
                "%s (%s)".formatted(label(name), Formats.count(rows.size())),
                columns.stream().map(PublishedSection::label).toList(),
                rows.subList(0, Math.min(rows.size(), MOST_ROWS)),
                rows.size() > MOST_ROWS ? "The first %d are shown.".formatted(MOST_ROWS) : "");
    }

    private static String label(String key) {
        return LABELS.getOrDefault(key, key.replace('_', ' '));
    }

    private static String text(String key, JsonNode value) {
        if (value.isIntegralNumber()) {
            return key.endsWith("bytes") || key.startsWith("bytes")
                    ? Formats.bytes(value.asLong())
                    : Formats.count(value.asLong());
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
