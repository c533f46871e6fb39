package dataprep.workflow;

import static dataprep.workflow.Shipped.at;
import static dataprep.workflow.Shipped.on;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Evaluate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of many concurrent executions, one works, one waits, and the others end. */
class QueueStatesTest {
    private static final Map<String, Object> ME =
            Map.of("Execution", Map.of("Id", "m", "StartTime", "2026-01-01T00:05:00Z"));

    /** Each running execution: its ARN, the minute of its start and, if redriven, of its redrive. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            m 5                | false |
            ''                 | false |
            m 5, a 9           | false |
            m 5, a 3           | true  |
            m 5, b 4, a 3      | true  | b
            m 5, c 4, b 4, a 3 | true  | c
            m 5, a 5           | true  |
            m 5, z 5           | false |
            m 5, a 3 7         | false |
            m 5, b 4, a 3 4    | true  |
            m 5, c 5, b 1, a 0 4 | true | c
            """)
    void anExecutionFindsTheOlderOnesAndTheWaitingOne(String running, boolean ahead, String waiting) {
        var evaluated = on("context", ME).and("result", Map.of("Executions", executions(running)));
        assertEquals(
                ahead,
                evaluated
                        .template(at("/FindRunningExecutions/Assign/olderExecutions"))
                        .asBoolean());
        assertEquals(
                waiting == null ? "" : waiting,
                evaluated
                        .template(at("/FindRunningExecutions/Assign/waitingExecution"))
                        .asText());
    }

    @Test
    void ifNotAllAreListedSomeAreAhead() {
        var page = Map.of("Executions", executions("m 5"), "NextToken", "t");
        assertEquals(
                true,
                on("context", ME)
                        .and("result", page)
                        .template(at("/FindRunningExecutions/Assign/olderExecutions"))
                        .asBoolean());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                    | false | ''  | ReadPublished
            {}                    | true  | ''  | AwaitTurn
            {}                    | true  | w   | DescribeWaiting
            {"force": true}       | true  | w   | AwaitTurn
            {"rollback_to": "r0"} | true  | w   | ReadPublished
            """)
    void aRunContinuesWaitsOrCoalesces(String input, boolean ahead, String waiting, String next) throws Exception {
        var context = Map.of("Execution", Map.of("Input", Shipped.JSON.readValue(input, Object.class)));
        var evaluated =
                on("context", context).variable("olderExecutions", ahead).variable("waitingExecution", waiting);
        var taken = at("/Turn/Default").toTree().asText();
        for (int i = 1; i >= 0; i--) {
            if (evaluated
                    .template(at("/Turn/Choices/%d/Condition".formatted(i)))
                    .asBoolean()) {
                taken = at("/Turn/Choices/%d/Next".formatted(i)).toTree().asText();
            }
        }
        assertEquals(next, taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RUNNING   | {"force": false}      | true
            RUNNING   | {"rollback_to": "r0"} | false
            SUCCEEDED | {}                    | false
            """)
    void onlyARunThatWillReadTheSourcesReplacesAnother(String status, String input, boolean reads) {
        assertEquals(
                reads,
                Evaluate.on("result", Map.of("Status", status, "Input", input))
                        .template(at("/DescribeWaiting/Assign/readsSources"))
                        .asBoolean());
    }

    private static List<Map<String, Object>> executions(String listed) {
        var executions = new ArrayList<Map<String, Object>>();
        for (var one : listed.isBlank() ? new String[0] : listed.split(", ")) {
            var parts = one.split(" ");
            var execution = new LinkedHashMap<String, Object>();
            execution.put("ExecutionArn", parts[0]);
            execution.put("StartDate", "2026-01-01T00:0%s:00Z".formatted(parts[1]));
            if (parts.length > 2) {
                execution.put("RedriveCount", 1);
                execution.put("RedriveDate", "2026-01-01T00:0%s:00Z".formatted(parts[2]));
            }
            executions.add(execution);
        }
        return executions;
    }
}
