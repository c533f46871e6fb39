package dataprep.publication;

import static dataprep.publication.Definitions.SHIPPED;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is wrong with the publication as it is deployed, each with its shortest trace. */
class KnownViolationsTest {
    private static final Scenario PUBLISHED_BEFORE =
            Scenario.of("published before", SHIPPED).after("run-0");

    /** It finds its claim of before the redrive, takes it as a new one, and another run has seen that it had ended. */
    @Test
    void aRedrivenClaimantLoadsBesideAnother() {
        shows(PUBLISHED_BEFORE.run("R1").run("R2").aborts(1).redrives(1), "mixed");
    }

    /** The last attempt fails for certain, but one before it may still take effect. */
    @Test
    void aCallThatWasRetriedHasItsEffectAfterTheRestore() {
        shows(PUBLISHED_BEFORE.run("R1").faults(1).lates(1), "mixed");
    }

    /** The history has the execution of the first run of that name. */
    @Test
    void anExecutionNameThatIsUsedAgainMakesAFailedRunReportThatItPublished() {
        shows(
                Scenario.of("name used again", SHIPPED)
                        .after("R1", "run-0")
                        .run("R1")
                        .run("R2")
                        .aborts(1)
                        .redrives(1),
                "never did");
    }

    private static void shows(Scenario scenario, String violation) {
        var report = Explorer.find(scenario, found -> found.contains(violation), event -> true);
        System.out.println(report);
        assertTrue(report.violation().contains(violation), report.toString());
    }
}
