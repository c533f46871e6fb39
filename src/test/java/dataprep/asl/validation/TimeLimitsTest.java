package dataprep.asl.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Parallel;
import dataprep.asl.Retry;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLimitsTest {
    private static final Retry TEN_SECONDS =
            Retry.on("E").intervalSeconds(2).maxAttempts(3).backoffRate(2).maxDelaySeconds(4);

    @Test
    void aRetriersWaitsGrowUpToMaxDelaySeconds() {
        assertEquals(10, TEN_SECONDS.longestWaitSeconds());
        assertEquals(1 + 2 + 4, Retry.on("E").longestWaitSeconds());
        assertEquals(0, Retry.on("E").maxAttempts(0).longestWaitSeconds());
    }

    @Test
    void theLongestPathIncludesTheStatesInsideOthers() {
        var machine = StateMachine.startAt("A")
                .state(
                        "A",
                        task().retry(TEN_SECONDS)
                                .catching(Catch.all().next("Repair"))
                                .next("B"))
                .state(
                        "B",
                        Parallel.of(Branch.of("C", task().retry(TEN_SECONDS).end()), Branch.of("D", task().end()))
                                .next("Done"))
                .state("Repair", task().retry(TEN_SECONDS, TEN_SECONDS).next("Done"))
                .state("Done", Succeed.create());
        assertEquals(Duration.ofSeconds(30), TimeLimits.longestWaits(machine));
    }

    @Test
    void aCycleIsCountedOnce() {
        var machine =
                StateMachine.startAt("A").state("A", task().retry(TEN_SECONDS).next("A"));
        assertEquals(Duration.ofSeconds(10), TimeLimits.longestWaits(machine));
    }

    @Test
    void statesWithoutATimeLimitAreNamed() {
        var machine = StateMachine.startAt("A").state("A", task().end());
        assertEquals(List.of("TimeoutSeconds", "States.A"), TimeLimits.missing(machine));
        var limited = StateMachine.startAt("A")
                .timeoutSeconds(9)
                .state("A", task().timeoutSeconds(1).end());
        assertEquals(List.of(), TimeLimits.missing(limited));
    }

    private static Task task() {
        return Task.awsSdk("s3", "getObject");
    }
}
