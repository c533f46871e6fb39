package dataprep.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.asl.Evaluate;
import dataprep.asl.Field;
import dataprep.asl.LocatedState;
import dataprep.asl.Task;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The largest payload of each state, from the definition and the largest results of its calls.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Quotas</a>
 */
class PayloadSizeTest {
    private static final int MOST_BYTES = 256 * 1024;

    private final LargestPayloads largest = new LargestPayloads();

    @Test
    void noStateHasAPayloadThatStepFunctionsRefuses() throws Exception {
        var sizes = new ArrayList<String>();
        for (var located : largest.machine().everyState()) {
            var result = largest.results().get(located.name());
            if (located.state() instanceof Task task) {
                assertTrue(result != null, "no largest result is known for " + located.path() + ", " + task.caption());
                check(sizes, located.path() + " result", result);
            }
            for (var field : located.state().fields()) {
                check(sizes, located.path() + "." + field.name(), evaluated(located, field, result));
            }
        }
        sizes.sort(null);
        System.out.println(String.join("\n", sizes.subList(Math.max(0, sizes.size() - 8), sizes.size())));
    }

    /** Otherwise the test would not cover the payloads that are read. */
    @Test
    void theLargestManifestIsTheOneThatTheDefinitionWrites() throws Exception {
        var fields = new ArrayList<String>();
        largest.variables().get("manifest").fieldNames().forEachRemaining(fields::add);
        assertTrue(fields.containsAll(List.of("sources", "history", "columns")), fields.toString());
        assertEquals(40, largest.variables().get("manifest").path("sources").size());
        assertEquals(100, largest.variables().get("manifest").path("history").size());
    }

    private JsonNode evaluated(LocatedState located, Field field, JsonNode result) {
        var evaluated = Evaluate.on("context", largest.context())
                .and("input", largest.input())
                .and("errorOutput", Map.of("Error", "E".repeat(200), "Cause", "c".repeat(32_768)));
        if (result != null) {
            evaluated = evaluated.and("result", result);
        }
        for (var variable : largest.variables().entrySet()) {
            evaluated = evaluated.variable(variable.getKey(), variable.getValue());
        }
        try {
            return evaluated.template(field.value());
        } catch (RuntimeException e) {
            throw new AssertionError(located.path() + "." + field.name() + ": " + e.getMessage(), e);
        }
    }

    private static void check(List<String> sizes, String what, JsonNode value) {
        var bytes = value.toString().getBytes(StandardCharsets.UTF_8).length;
        sizes.add("%7d bytes  %s".formatted(bytes, what));
        assertTrue(bytes <= MOST_BYTES, what + " has " + bytes + " bytes");
    }
}
