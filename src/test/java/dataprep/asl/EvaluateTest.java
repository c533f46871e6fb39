package dataprep.asl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateTest {

    private static JsonNode value(String expression) {
        return Evaluate.onNothing().expression(Jsonata.of(expression));
    }

    @Test
    void templateIsEvaluatedInPlace() {
        Payload template = Payload.with("run", Jsonata.of("$runId"))
                .and("list", Arrays.asList(Jsonata.of("$states.input.a"), "$states.input.a", null, 1))
                .and("name", Jsonata.of("$states.context.Execution.Name"));

        JsonNode value = Evaluate.on("input", Payload.with("a", null))
                .and("context", Payload.with("Execution", Payload.with("Name", "x")))
                .variable("runId", "r1")
                .template(template);

        assertEquals("{\"run\":\"r1\",\"list\":[null,\"$states.input.a\",null,1],\"name\":\"x\"}", value.toString());
    }

    @Test
    void variableThatIsNullIsNotNothing() {
        Evaluate evaluate = Evaluate.onNothing().variable("version", null);

        assertTrue(evaluate.expression(Jsonata.of("$version")).isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "$partition([1, 2, 3, 4, 5], 2) => [[1,2],[3,4],[5]]",
                "$range(0, 10, 5) => [0,5,10]",
                "$range(3, 1, -1) => [3,2,1]",
                "$hash('abc', 'MD5') => \"900150983cd24fb0d6963f7d28e17f72\"",
                "$parse('{\"a\": [1, null]}') => {\"a\":[1,null]}",
                "$parse('null') => null",
                "$random(7) = $random(7) => true",
                "$random() < 1 => true",
            })
    void functionsOfStepFunctionsWork(String expression, String value) {
        assertEquals(value, value(expression).toString());
    }

    @Test
    void everyUuidIsAnother() {
        assertTrue(value("$uuid()").textValue().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        assertNotEquals(value("$uuid()"), value("$uuid()"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$states.input.gone", "function($x) { $x }", "$sum('a')", "1 + 'a'"})
    void whatStepFunctionsRejectsIsRejected(String expression) {
        Evaluate evaluate = Evaluate.on("input", new ArrayList<>(List.of()));
        Jsonata jsonata = Jsonata.of(expression);

        assertThrows(RuntimeException.class, () -> evaluate.expression(jsonata));
    }
}
