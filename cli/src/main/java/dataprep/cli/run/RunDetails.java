package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dataprep.cli.cost.Cost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * All that is known of one run.
 *
 * @param report the job's, if it got to write one
 * @param manifest of what is published now, by whichever run
 * @param cost of what the run has used, at public prices
 */
public record RunDetails(
        DescribeExecutionResponse execution,
        List<StateVisit> visits,
        Optional<JsonNode> report,
        Optional<JsonNode> manifest,
        Cost cost) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether this run is the one that readers see. */
    boolean isCurrent() {
        return manifest.map(found -> found.path("run_id").asText())
                .filter(execution.name()::equals)
                .isPresent();
    }

    public Optional<RunFailureText> failure() {
        return execution.stopDate() == null || execution.status() == ExecutionStatus.SUCCEEDED
                ? Optional.empty()
                : Optional.of(RunFailureText.of(execution));
    }

    /** The head of what a person reads: what became of the run, its states, its cost. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("Run %s %s%s"
                .formatted(
                        execution.name(),
                        RunTable.status(execution.status()),
                        isCurrent() ? ", is what is published" : ""));
        lines.add("  started %s, %s, input %s"
                .formatted(
                        RunTable.time(execution.startDate()),
                        RunTable.duration(execution.startDate(), end()),
                        execution.input()));
        lines.add("");
        lines.add("  state            outcome   duration");
        for (var visit : visits) {
            lines.add(("  %-16s %-8s %8.1f s%s%s")
                    .formatted(
                            visit.state(),
                            visit.end(),
                            visit.seconds(),
                            visit.attempts() > 1 ? "  %d attempts".formatted(visit.attempts()) : "",
                            visit.error() == null ? "" : "  " + visit.error()));
        }
        lines.add("");
        lines.add("Cost at public prices, with this run's times: %s".formatted(cost.total()));
        cost.lines()
                .forEach(line -> lines.add("  %-15s %s  %s".formatted(line.service(), line.text(), line.quantity())));
        return lines;
    }

    public ObjectNode json() {
        var json = JSON.createObjectNode()
                .put("run_id", execution.name())
                .put("status", execution.statusAsString())
                .put("started_at", execution.startDate().toString())
                .put(
                        "ended_at",
                        execution.stopDate() == null
                                ? null
                                : execution.stopDate().toString())
                .put("seconds", StateVisit.seconds(execution.startDate(), end()))
                .put("input", execution.input())
                .put("current", isCurrent());
        var states = json.putArray("states");
        visits.forEach(visit -> states.add(visit.json()));
        failure().ifPresent(failure -> json.set("failure", failure.json()));
        json.set("quality", report.orElse(null));
        json.set("published", manifest.orElse(null));
        var costs = json.putObject("cost").put("dollars", cost.dollars());
        cost.lines()
                .forEach(line -> costs.put(
                        line.service(), line.price().isPresent() ? line.price().getAsDouble() : null));
        return json;
    }

    private Instant end() {
        return execution.stopDate() == null ? Instant.now() : execution.stopDate();
    }
}
