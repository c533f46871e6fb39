package dataprep.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dataprep.cli.cost.Cost;
import dataprep.cli.run.DeployedSources;
import dataprep.cli.run.Run;
import dataprep.cli.run.RunEvent;
import dataprep.settings.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Recorded runs of the local AWS: files with responses of its APIs, those of Step Functions in the form of the AWS CLI.
 */
public final class RecordedRuns {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Cost COST = new Cost(List.of(new Cost.Line("Glue", "120 DPU-seconds", 0.0103)));

    private RecordedRuns() {}

    public static ReportInput published() {
        return facts(recorded("published"));
    }

    public static ReportInput nothingToDo() {
        return facts(recorded("nothing-to-do"));
    }

    public static ReportInput failed() {
        return facts(recorded("failed"));
    }

    public static ReportInput failedInExtraction() {
        return facts(recorded("failed-extraction"));
    }

    public static ReportInput rolledBack() {
        return facts(recorded("rolled-back"));
    }

    /** The same run with other quarantined rows. */
    public static ReportInput with(ReportInput run, List<JsonNode> rows) {
        return changed(run, run.run().status(), run.run().events(), new Quarantine(rows, true));
    }

    /** The run after its first event of that type, with that status. */
    public static ReportInput cut(ReportInput run, String type, String status) {
        var events = new ArrayList<RunEvent>();
        for (var event : run.run().events()) {
            events.add(event);
            if (event.type().equals(type)) {
                break;
            }
        }
        return changed(run, status, events, run.quarantine());
    }

    public static ReportInput changed(ReportInput run, String status, List<RunEvent> events, Quarantine quarantine) {
        var before = run.run();
        var same = status.equals(before.status());
        var after = new Run(
                before.executionArn(),
                status,
                before.started(),
                before.stopped(),
                before.input(),
                same ? before.error() : "",
                same ? before.cause() : "",
                before.output(),
                events,
                before.quality(),
                before.manifest(),
                before.cost());
        return new ReportInput(after, run.definition(), run.sources(), run.related(), run.objects(), quarantine);
    }

    public static JsonNode row(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode recorded(String name) {
        try (var file = RecordedRuns.class.getResourceAsStream(name + ".json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ReportInput facts(JsonNode run) {
        var execution = run.path("execution");
        var events = new ArrayList<RunEvent>();
        run.path("events").forEach(event -> events.add(event(event)));
        var read = new Run(
                execution.path("executionArn").asText(),
                execution.path("status").asText(),
                time(execution.path("startDate")),
                time(execution.path("stopDate")),
                execution.path("input").asText(),
                execution.path("error").asText(),
                execution.path("cause").asText(),
                execution.path("output").asText(),
                events,
                run.path("quality"),
                run.path("manifest"),
                COST);
        return new ReportInput(
                read,
                run.path("definition"),
                sources(run.path("definition")),
                List.of(),
                list(run.path("objects")),
                new Quarantine(list(run.path("quarantine")), true));
    }

    private static List<Source> sources(JsonNode definition) {
        try {
            return DeployedSources.of(definition);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        var list = new ArrayList<JsonNode>();
        array.forEach(list::add);
        return list;
    }

    private static RunEvent event(JsonNode event) {
        var details = event.properties().stream()
                .filter(entry -> entry.getKey().endsWith("Details"))
                .map(entry -> entry.getValue())
                .findFirst()
                .orElse(JSON.missingNode());
        var type = event.path("type").asText();
        return new RunEvent(
                event.path("id").asLong(),
                event.path("previousEventId").asLong(),
                time(event.path("timestamp")),
                type,
                details.path("name").asText(),
                type.equals("TaskScheduled")
                        ? details.path("resourceType").asText() + ":"
                                + details.path("resource").asText()
                        : "",
                details.path("input").asText(),
                type.startsWith("Task") ? details.path("error").asText() : "",
                type.startsWith("Task") ? details.path("cause").asText() : "");
    }

    private static Instant time(JsonNode text) {
        return Instant.parse(text.asText().replace(' ', 'T').replace("+00:00", "Z"));
    }
}
