package dataprep.publication;

import static dataprep.publication.Definitions.SHIPPED;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The publication, checked in all interleavings of the definition that is deployed. */
class PublicationModelTest {
    private static final Scenario PUBLISHED_BEFORE =
            Scenario.of("published before", SHIPPED).after("run-0");
    private static final Scenario FIRST_PUBLISH = Scenario.of("first publish", SHIPPED);

    @Test
    void threeRunsPublishOneAfterTheOther() {
        holds(PUBLISHED_BEFORE.run("R1").run("R2").run("R3"));
        holds(FIRST_PUBLISH.run("R1").run("R2").run("R3"));
    }

    @Test
    void twoRunsStandTwoFaultsAndAnAbort() {
        holds(PUBLISHED_BEFORE.run("R1").run("R2").faults(2).aborts(1));
        holds(FIRST_PUBLISH.run("R1").run("R2").faults(2));
    }

    @Test
    void anAbortedRunHasALateEffect() {
        holds(PUBLISHED_BEFORE.run("R1").run("R2").aborts(1).lates(1));
    }

    @Test
    void aRollbackHasTheSourcesOfTheRunThatItPublishes() {
        var rollback = Scenario.of("rollback", SHIPPED).after("run-0", "run-1").rollback("R1", "run-0");
        holds(rollback.run("R2").faults(1));
    }

    @Test
    void aNameThatIsUsedAgainLeavesTheDataOfItsFirstRun() {
        holds(Scenario.of("name used again", SHIPPED).after("run-0", "R1").run("R1"));
    }

    private static void holds(Scenario scenario) {
        var report = Explorer.explore(scenario);
        System.out.println(report);
        assertTrue(report.violation().isEmpty(), report.toString());
    }
}
