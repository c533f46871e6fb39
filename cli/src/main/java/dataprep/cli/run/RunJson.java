package dataprep.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A run as JSON, for scripts. */
public final class RunJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunJson() {}

    public static ObjectNode of(Run run) {
        var json = JSON.createObjectNode()
                .put("run_id", run.id())
                .put("status", run.status())
                .put("started_at", run.started().toString())
                .put("ended_at", run.isRunning() ? null : run.stopped().toString())
                .put("seconds", run.duration().toMillis() / 1000.0)
                .put("input", run.input())
                .put("current", run.isCurrent());
        var states = json.putArray("states");
        run.visits().visits().forEach(visit -> states.add(of(visit)));
        run.failure().ifPresent(failure -> json.set("failure", failure.json()));
        json.set("quality", orNull(run.quality()));
        json.set("published", orNull(run.manifest()));
        var costs = json.putObject("cost").put("dollars", run.cost().dollars());
        run.cost()
                .lines()
                .forEach(line -> costs.put(
                        line.service(), line.price().isPresent() ? line.price().getAsDouble() : null));
        return json;
    }

    private static ObjectNode of(Visit visit) {
        return JSON.createObjectNode()
                .put("state", visit.state())
                .put("type", visit.type())
                .put("started_at", visit.entered().toString())
                .put("seconds", visit.duration().toMillis() / 1000.0)
                .put("status", visit.status().word())
                .put("attempts", visit.attempts())
                .put(
                        "error",
                        visit.error().isEmpty() || visit.status() == StateStatus.SUCCEEDED ? null : visit.error());
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }
}
