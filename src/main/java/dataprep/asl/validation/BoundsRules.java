package dataprep.asl.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.asl.Field;
import dataprep.asl.Jsonata;
import dataprep.asl.LocatedState;
import dataprep.asl.State;
import dataprep.asl.StateMachine;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Checks the constants that Step Functions limits: sizes, times and numbers.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Quotas</a>
 */
final class BoundsRules {

    private static final int MAX_DEFINITION_BYTES = 1024 * 1024;
    private static final int MAX_PAYLOAD_BYTES = 256 * 1024;
    private static final int MAX_NUMBER = 99_999_999;

    private static final Map<String, Integer> LEAST =
            Map.of("TimeoutSeconds", 1, "HeartbeatSeconds", 1, "Seconds", 0, "MaxConcurrency", 0);

    private final DefinitionProblems problems;

    private BoundsRules(DefinitionProblems problems) {
        this.problems = problems;
    }

    static void check(StateMachine machine, DefinitionProblems problems) {
        BoundsRules rules = new BoundsRules(problems);
        rules.size("States", "definition", machine.toJson(), MAX_DEFINITION_BYTES);
        if (machine.timeoutSeconds() != null) {
            rules.atLeast("TimeoutSeconds", machine.timeoutSeconds(), 1);
        }
        machine.everyState().forEach(rules::state);
    }

    private void state(LocatedState located) {
        for (Field field : located.state().fields()) {
            String path = located.path() + "." + field.name();
            JsonNode value = field.value().toTree();
            size(path, "payload", value.toString(), MAX_PAYLOAD_BYTES);
            if (value.isIntegralNumber() && LEAST.containsKey(field.name())) {
                atLeast(path, value.longValue(), LEAST.get(field.name()));
            }
            if (field.name().equals("Timestamp")) {
                timestamp(path, value.textValue());
            }
        }
        heartbeat(located);
    }

    private void size(String path, String what, String json, int most) {
        int bytes = json.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            problems.add(path, "%s has %d bytes; must have at most %d", what, bytes, most);
        }
    }

    private void atLeast(String path, long value, long least) {
        if (value < least || value > MAX_NUMBER) {
            problems.add(path, "invalid value '%d'; must be %d to %d", value, least, MAX_NUMBER);
        }
    }

    private void timestamp(String path, String value) {
        if (value.startsWith(Jsonata.OPENING)) {
            return;
        }
        try {
            OffsetDateTime.parse(value);
        } catch (DateTimeParseException e) {
            problems.add(path, "invalid value '%s'; must be a time such as 2026-01-31T06:00:00Z", value);
        }
    }

    private void heartbeat(LocatedState located) {
        Long heartbeat = constant(located.state(), "HeartbeatSeconds");
        Long timeout = constant(located.state(), "TimeoutSeconds");
        if (heartbeat != null && timeout != null && heartbeat >= timeout) {
            problems.add(
                    located.path() + ".HeartbeatSeconds",
                    "invalid value '%d'; must be less than TimeoutSeconds (%d)",
                    heartbeat,
                    timeout);
        }
    }

    private static Long constant(State state, String name) {
        return state.fields().stream()
                .filter(field -> field.name().equals(name))
                .map(field -> field.value().toTree())
                .filter(JsonNode::isNumber)
                .map(JsonNode::longValue)
                .findFirst()
                .orElse(null);
    }
}
