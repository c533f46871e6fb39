package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** The data sets of a stack with their latest run and what is published. */
public record DatasetTable(List<Row> rows, Instant now) {
    private static final String FORMAT = "%-24s  %-9s  %-36s  %11s  %10s  %s";

    /**
     * @param latest empty if no run has been started
     * @param manifest empty if nothing has been published
     * @param reads the data sets that it reads
     */
    public record Row(
            String dataset, Optional<ExecutionListItem> latest, Optional<JsonNode> manifest, SortedSet<String> reads) {

        String status() {
            return latest.map(run -> RunTable.status(run.status())).orElse("not run");
        }

        Optional<JsonNode> published(String field) {
            return manifest.filter(found -> found.hasNonNull(field)).map(found -> found.path(field));
        }

        /** The time since the publication. */
        Optional<Duration> age(Instant now) {
            return published("published_at").map(at -> Duration.between(Instant.parse(at.asText()), now));
        }
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(FORMAT.formatted("data set", "last run", "published run", "rows", "age", "reads")
                .stripTrailing());
        for (var row : rows) {
            lines.add(FORMAT.formatted(
                            row.dataset(),
                            row.status(),
                            row.published("run_id").map(JsonNode::asText).orElse("none"),
                            row.published("rows")
                                    .map(count -> String.format(Locale.ROOT, "%,d", count.asLong()))
                                    .orElse(""),
                            row.age(now).map(DatasetTable::age).orElse(""),
                            String.join(", ", row.reads()))
                    .stripTrailing());
        }
        return lines;
    }

    public ArrayNode json() {
        var datasets = new ObjectMapper().createArrayNode();
        for (var row : rows) {
            var dataset = datasets.addObject().put("dataset", row.dataset()).put("last_run_status", row.status());
            row.latest().ifPresent(run -> dataset.put("last_run_id", run.name()));
            List.of("run_id", "published_at", "rows")
                    .forEach(field -> row.published(field).ifPresent(value -> dataset.set(field, value)));
            row.age(now).ifPresent(age -> dataset.put("age_seconds", age.toSeconds()));
            row.reads().forEach(dataset.withArray("reads")::add);
        }
        return datasets;
    }

    private static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        return age.toHours() > 1 ? age.toHours() + " hours" : age.toMinutes() + " min";
    }
}
