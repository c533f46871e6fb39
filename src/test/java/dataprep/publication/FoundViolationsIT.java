package dataprep.publication;

import static dataprep.publication.Definitions.SHIPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios in which earlier definitions had violations, found by review or by this model. */
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
                        "an abandoned or retried call takes effect after the restore",
                        PUBLISHED_BEFORE.run("R1").faults(1).lates(1)),
                new Found(
                        "an abandoned commit takes effect before the restore",
                        PUBLISHED_BEFORE.run("R1").lates(1)),
                new Found(
                        "a manifest is deleted unconditionally",
                        FIRST_PUBLISH.run("R1").run("R2").faults(2)),
                new Found(
                        "an orphaned job run overwrites the published data set",
                        PUBLISHED_BEFORE.run("R1").faults(1).lates(1).withEveryCall()),
                new Found(
                        "a rollback keeps the versions of newer sources",
                        Scenario.of("rollback", SHIPPED).after("run-0", "run-1").rollback("R1", "run-0")),
                new Found(
                        "a reused name overwrites the data of its first run",
                        Scenario.of("reused name", SHIPPED).after("run-0", "R1").run("R1")),
                new Found(
                        "an execution mistakes the publish of an earlier one with its name for its own",
                        Scenario.of("reused name", SHIPPED)
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
