package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.RecordedStack;
import dataprep.settings.StackFiles;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcebergTablesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            glue-scripts/recipes/flights.json | flights,weather,airlines | false
            examples/orders/recipe.json       | orders                   | true
            """)
    void onlyTheJobOfAStackWithAnIcebergTableMayWriteOne(String recipe, String sources, boolean isTable) {
        var list = Arrays.stream(sources.split(","))
                .map(name -> "{\"name\": \"%1$s\", \"uri\": \"s3://elsewhere/%1$s\"}".formatted(name))
                .toList();
        var settings =
                StackFiles.settings("dev", Map.of("recipe", recipe, "sampleData", "", "sources", list.toString()));
        var stack = RecordedStack.deploy(settings);
        var mayWrite = stack.ofType("aws:iam/policy:Policy").stream()
                .map(policy -> policy.inputs().get("policy").toString())
                .anyMatch(policy -> policy.contains("/transformed-data/table/*"));
        assertEquals(isTable, mayWrite);
        var definition = stack.ofType("aws:sfn/stateMachine:StateMachine")
                .get(0)
                .inputs()
                .get("definition")
                .toString();
        assertEquals(isTable, definition.contains("--datalake-formats"));
        assertEquals(isTable, definition.contains("ExpireFiles"));
    }
}
