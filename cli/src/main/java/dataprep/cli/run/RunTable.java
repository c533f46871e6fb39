package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The runs of a state machine, the latest first, with the row counts of their reports. */
public record RunTable(List<Row> rows) {

    /**
     * @param report empty for a run without a report
     */
    public record Row(ExecutionListItem run, Optional<JsonNode> report, boolean current) {}

    public List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("No run has been started.");
        }
        var lines = new ArrayList<String>();
        lines.add("%-36s  %-9s  %-20s  %9s  %11s  %11s  %11s"
                .formatted("run", "status", "started", "duration", "rows in", "rows out", "quarantined"));
        for (var row : rows) {
            lines.add("%-36s  %-9s  %-20s  %9s  %11s  %11s  %11s%s"
                    .formatted(
                            row.run().name(),
                            status(row.run().status()),
                            time(row.run().startDate()),
                            duration(row.run().startDate(), end(row.run())),
                            count(row, "rows_in"),
                            count(row, "rows_out"),
                            count(row, "rows_quarantined"),
                            row.current() ? "  published" : ""));
        }
        return lines;
    }

    public ArrayNode json() {
        var runs = new ObjectMapper().createArrayNode();
        for (var row : rows) {
            var run = runs.addObject()
                    .put("run_id", row.run().name())
                    .put("status", row.run().statusAsString())
                    .put("started_at", row.run().startDate().toString())
                    .put(
                            "seconds",
                            Duration.between(row.run().startDate(), end(row.run()))
                                            .toMillis()
                                    / 1000.0)
                    .put("current", row.current());
            row.report()
                    .ifPresent(report -> List.of("rows_in", "rows_out", "rows_quarantined")
                            .forEach(field -> run.set(field, report.path(field))));
        }
        return runs;
    }

    public static String status(ExecutionStatus status) {
        return status(status.toString());
    }

    static String status(String status) {
        return status.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String duration(Instant from, Instant to) {
        return seconds(Duration.between(from, to));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static Instant end(ExecutionListItem run) {
        return run.stopDate() == null ? Instant.now() : run.stopDate();
    }

    private static String count(Row row, String field) {
        return row.report()
                .map(report ->
                        String.format(Locale.ROOT, "%,d", report.path(field).asLong()))
                .orElse("");
    }
}
