package dataprep.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.cli.run.RunTable;
import dataprep.recipe.Column;
import dataprep.recipe.ColumnLineage;
import dataprep.recipe.ColumnLineage.Field;
import dataprep.recipe.ColumnLineage.Transformation;
import dataprep.settings.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A data set as the page shows it.
 *
 * @param caption the line below its name in the graph
 * @param tone the style of the latest run: good, bad, or empty if there is none
 * @param published one sentence
 * @param rowOrigins the source columns that decide on rows, groups or order, and so concern all columns
 */
record DatasetView(
        String name,
        String caption,
        String tone,
        String description,
        String owner,
        String published,
        Collection<String> reads,
        Collection<String> readBy,
        List<SourceView> sources,
        List<ColumnView> columns,
        List<Origin> rowOrigins,
        List<RuleView> rules,
        List<RunView> runs) {

    /** @param dataset the data set that it is; empty for another source */
    record SourceView(String name, String uri, String kind, String dataset) {}

    /**
     * A column of the data set.
     *
     * @param id of its row in the page
     */
    record ColumnView(String id, String name, String type, String description, List<Origin> origins) {}

    /**
     * A source column and its effect.
     *
     * @param link the id of the column's row, if the source is a data set of the page; otherwise empty
     */
    record Origin(String text, String effect, String link) {}

    /** @param severity what a failure of the rule does */
    record RuleView(String text, String severity) {}

    record RunView(String id, String status, String tone, String started, String rows, boolean current) {}

    boolean hasRowOrigins() {
        return !rowOrigins.isEmpty();
    }

    static DatasetView of(CatalogEntry entry, SortedSet<String> readBy) {
        var lineage = entry.recipe().lineage();
        var latest = entry.runs().stream().findFirst().map(DatasetView::run);
        var rows = entry.manifest()
                .filter(manifest -> manifest.hasNonNull("run_id"))
                .map(manifest -> String.format(
                        Locale.ROOT, "%,d rows", manifest.path("rows").asLong()));
        return new DatasetView(
                entry.name(),
                rows.orElse("not published"),
                latest.map(RunView::tone).orElse(""),
                entry.recipe().description().orElse(""),
                entry.recipe().owner().orElse(""),
                rows.map(count -> "%s, published at %s by run %s"
                                .formatted(count, text(entry, "published_at"), text(entry, "run_id")))
                        .orElse("Nothing has been published yet."),
                entry.reads(),
                readBy,
                entry.sources().stream()
                        .map(source -> new SourceView(
                                source.name(),
                                source.uri(),
                                source.kind(),
                                source.upstream().orElse("")))
                        .toList(),
                entry.recipe().columns().stream()
                        .map(column -> column(entry, column, lineage))
                        .toList(),
                origins(entry, lineage.dataset()),
                rules(entry.rules()),
                entry.runs().stream().map(DatasetView::run).toList());
    }

    private static ColumnView column(CatalogEntry entry, Column column, ColumnLineage lineage) {
        return new ColumnView(
                id(entry.name(), column.name()),
                column.name(),
                column.type(),
                column.description().orElse(""),
                origins(entry, lineage.columns().get(column.name())));
    }

    private static List<Origin> origins(CatalogEntry entry, SortedMap<Field, SortedSet<Transformation>> fields) {
        var upstream = entry.sources().stream()
                .collect(Collectors.toMap(
                        Source::name, source -> source.upstream().orElse("")));
        var origins = new ArrayList<Origin>();
        fields.forEach((field, effects) -> {
            var dataset = upstream.getOrDefault(field.source(), "");
            origins.add(new Origin(
                    field.source() + "." + field.name(),
                    effects.stream()
                            .map(effect ->
                                    effect.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                            .collect(Collectors.joining(", ")),
                    dataset.isEmpty() ? "" : id(dataset, field.name())));
        });
        return origins;
    }

    private static List<RuleView> rules(JsonNode rules) {
        var views = new ArrayList<RuleView>();
        for (var rule : rules) {
            var kinds = new TreeSet<String>();
            rule.properties().forEach(entry -> {
                if (!List.of("name", "severity").contains(entry.getKey())) {
                    kinds.add("%s %s".formatted(entry.getKey(), settings(entry.getValue())));
                }
            });
            var kind = String.join("; ", kinds);
            var name = rule.path("name").asText();
            views.add(new RuleView(
                    name.isEmpty() ? kind : "%s (%s)".formatted(name, kind),
                    rule.path("severity").asText("fail run")));
        }
        return views;
    }

    private static String settings(JsonNode value) {
        return value.properties().stream()
                .map(entry -> "%s %s"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().isTextual()
                                        ? entry.getValue().asText()
                                        : entry.getValue().toString()))
                .collect(Collectors.joining(", "));
    }

    private static RunView run(RunTable.Row row) {
        var status = RunTable.status(row.run().status());
        var rows = row.report()
                .map(report -> String.format(
                        Locale.ROOT, "%,d", report.path("rows_out").asLong()));
        var tones = Map.of("succeeded", "good", "running", "");
        return new RunView(
                row.run().name(),
                status,
                tones.getOrDefault(status, "bad"),
                RunTable.time(row.run().startDate()),
                rows.orElse(""),
                row.current());
    }

    private static String id(String dataset, String column) {
        return dataset + "." + column;
    }

    private static String text(CatalogEntry entry, String field) {
        return entry.manifest().map(manifest -> manifest.path(field).asText()).orElse("");
    }
}
