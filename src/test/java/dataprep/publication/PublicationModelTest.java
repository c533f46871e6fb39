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
    void twoRunsStandTwoFaultsAndTwoAborts() {
        holds(PUBLISHED_BEFORE.run("R1").run("R2").faults(2).aborts(2));
    }

    @Test
    void theFirstPublishStandsAFaultAndTwoAborts() {
        holds(FIRST_PUBLISH.run("R1").run("R2").faults(1).aborts(2));
    }

    private static void holds(Scenario scenario) {
        var report = Explorer.explore(scenario);
        System.out.println(report);
        assertTrue(report.violation().isEmpty(), report.toString());
    }
}
