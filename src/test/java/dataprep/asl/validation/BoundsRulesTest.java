package dataprep.asl.validation;

import static dataprep.asl.Samples.alone;
import static dataprep.asl.Samples.failing;
import static dataprep.asl.Samples.task;
import static dataprep.asl.validation.ProblemRows.problems;
import static dataprep.asl.validation.ProblemRows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Branch;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Pass;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Wait;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BoundsRulesTest {

    private static final int KIBIBYTE = 1024;
    private static final Branch INNER = Branch.of("Inner", Pass.create().end());

    /** A text with this length in bytes as JSON, including its quotes. */
    private static String ofBytes(int bytes) {
        return "x".repeat(bytes - 2);
    }

    private static StateMachine of(int payloads, int bytesEach) {
        Pass pass = Pass.create();
        for (int i = 0; i < payloads; i++) {
            pass = pass.assign("v" + i, ofBytes(bytesEach));
        }
        return alone(pass.end());
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                row(
                        "execution without time",
                        alone(Succeed.create()).timeoutSeconds(0),
                        "TimeoutSeconds: invalid value '0'; must be 1 to 99999999"),
                row(
                        "execution with too much time",
                        alone(Succeed.create()).timeoutSeconds(100_000_000),
                        "TimeoutSeconds: invalid value '100000000'; must be 1 to 99999999"),
                row(
                        "task without time",
                        failing(task().timeoutSeconds(0).end()),
                        "States.First.TimeoutSeconds: invalid value '0'; must be 1 to 99999999"),
                row(
                        "heartbeat without time",
                        failing(task().heartbeatSeconds(0).end()),
                        "States.First.HeartbeatSeconds: invalid value '0'; must be 1 to 99999999"),
                row(
                        "heartbeat as slow as the timeout",
                        failing(task().timeoutSeconds(60).heartbeatSeconds(60).end()),
                        "States.First.HeartbeatSeconds: invalid value '60'; must be less than TimeoutSeconds (60)"),
                row(
                        "negative concurrency",
                        alone(Map.each(INNER).maxConcurrency(-1).end()),
                        "States.First.MaxConcurrency: invalid value '-1'; must be 0 to 99999999"),
                row(
                        "negative wait",
                        alone(Wait.seconds(-1).end()),
                        "States.First.Seconds: invalid value '-1'; must be 0 to 99999999"),
                row(
                        "wait until no time",
                        alone(Wait.until("tomorrow").end()),
                        "States.First.Timestamp: invalid value 'tomorrow'; must be a time such as 2026-01-31T06:00:00Z"),
                row(
                        "payload over 256 KiB",
                        of(1, 256 * KIBIBYTE + 1),
                        "States.First.Assign.v0: payload has 262145 bytes; must have at most 262144"),
                row(
                        "payload over 256 KiB in a scope inside",
                        alone(Map.each(Branch.of("Deep", Succeed.create().output(ofBytes(256 * KIBIBYTE + 1))))
                                .end()),
                        "States.First.ItemProcessor.States.Deep.Output: "
                                + "payload has 262145 bytes; must have at most 262144"),
                row(
                        "definition over 1 MiB",
                        of(4, 256 * KIBIBYTE),
                        "States: definition has 1048702 bytes; must have at most 1048576"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void problemIsReportedWhereItIs(String sentence, StateMachine broken, List<String> problems) {
        assertEquals(problems, problems(broken));
    }

    @Test
    void payloadIsMeasuredInBytesNotInCharacters() {
        assertEquals(
                List.of("States.First.Output: payload has 262146 bytes; must have at most 262144"),
                problems(alone(Succeed.create().output("é".repeat(128 * KIBIBYTE)))));
    }

    @Test
    void numbersAtTheirBoundsAreAllowed() {
        StateMachine machine = failing(
                        task().timeoutSeconds(2).heartbeatSeconds(1).next("Each"))
                .timeoutSeconds(99_999_999)
                .state("Each", Map.each(INNER).maxConcurrency(0).next("Payload"))
                .state("Payload", Pass.create().output(ofBytes(256 * KIBIBYTE)).next("Until"))
                .state("Until", Wait.until("2026-01-31T06:00:00+01:00").next("For"))
                .state("For", Wait.seconds(0).end());

        assertEquals(List.of(), problems(machine));
    }

    @Test
    void expressionsInPlaceOfNumbersAreLeftToTheExecution() {
        Jsonata number = Jsonata.of("$states.input.n");
        StateMachine machine = failing(
                        task().timeoutSeconds(number).heartbeatSeconds(number).next("Each"))
                .state(
                        "Each",
                        Map.each(INNER).over(number).maxConcurrency(number).next("Until"))
                .state("Until", Wait.until(number).next("For"))
                .state("For", Wait.seconds(number).end());

        assertEquals(List.of(), problems(machine));
    }
}
