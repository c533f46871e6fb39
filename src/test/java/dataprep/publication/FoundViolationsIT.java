package dataprep.publication;

import static dataprep.publication.Definitions.SHIPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In each of these scenarios an earlier definition had a violation, found by review or by this model. */
class FoundViolationsIT {
    private static final Scenario PUBLISHED_BEFORE =
            Scenario.of("published before", SHIPPED).after("run-0");
    private static final Scenario FIRST_PUBLISH = Scenario.of("first publish", SHIPPED);

    record Found(String violation, Scenario scenario) {
        @Override
        public String toString() {
            return violation;
        }
    }

    static Stream<Found> found() {
        return Stream.of(
                new Found(
                        "a run restores without the claim",
                        PUBLISHED_BEFORE.run("R1").run("R2").faults(1)),
                new Found(
                        "a redriven claimant loads beside another",
                        PUBLISHED_BEFORE.run("R1").run("R2").aborts(1).redrives(1)),
                new Found(
                        "a redriven claimant of the first publish loads beside another",
                        FIRST_PUBLISH.run("R1").run("R2").aborts(1).redrives(1)),
                new Found(
                        "a call that was given up, or retried, takes effect after the restore",
                        PUBLISHED_BEFORE.run("R1").faults(1).lates(1)),
                new Found(
                        "a commit that was given up takes effect before the restore",
                        PUBLISHED_BEFORE.run("R1").lates(1)),
                new Found(
                        "a manifest is deleted whoever wrote it",
                        FIRST_PUBLISH.run("R1").run("R2").faults(2)),
                new Found(
                        "an orphaned job run overwrites what is published",
                        PUBLISHED_BEFORE.run("R1").faults(1).lates(1).withEveryCall()),
                new Found(
                        "a rollback keeps the versions of newer sources",
                        Scenario.of("rollback", SHIPPED).after("run-0", "run-1").rollback("R1", "run-0")),
                new Found(
                        "a name that is used again overwrites the data of its first run",
                        Scenario.of("name used again", SHIPPED)
                                .after("run-0", "R1")
                                .run("R1")),
                new Found(
                        "an execution takes the publish of an earlier one of its name for its own",
                        Scenario.of("name used again", SHIPPED)
                                .after("run-0", "R1")
                                .run("R1")
                                .run("R2")
                                .aborts(1)
                                .redrives(1)));
    }

    @ParameterizedTest
    @MethodSource("found")
    void isNoMore(Found found) {
        var report = Scenarios.report(found.scenario());
        System.out.println(report);
        assertEquals("", report.violation(), report.toString());
    }
}
