package dataprep.publication;

import static dataprep.publication.Definitions.SHIPPED;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is wrong with the publication as it is deployed, each with its shortest trace. */
class KnownViolationsTest {
    private static final Scenario PUBLISHED_BEFORE =
            Scenario.of("published before", SHIPPED).after("run-0");
    private static final Scenario FIRST_PUBLISH = Scenario.of("first publish", SHIPPED);

    @Test
    void aRunRestoresWithoutTheClaim() {
        shows(PUBLISHED_BEFORE.run("R1").run("R2").run("R3").faults(1), "mixed");
    }

    @Test
    void aRedrivenClaimantLoadsBesideAnother() {
        shows(PUBLISHED_BEFORE.run("R1").run("R2").aborts(1).redrives(1), "mixed");
        shows(FIRST_PUBLISH.run("R1").run("R2").aborts(1).redrives(1), "mixed");
    }

    @Test
    void aBranchThatWasGivenUpHasItsEffectAfterTheRestore() {
        shows(
                PUBLISHED_BEFORE.run("R1").faults(1).lates(1),
                "mixed",
                event -> !event.get().contains("times out"));
    }

    @Test
    void aCommitThatWasGivenUpHasItsEffectBeforeTheRestore() {
        shows(PUBLISHED_BEFORE.run("R1").lates(1), "mixed");
    }

    @Test
    void aManifestIsDeletedWhoeverWroteIt() {
        shows(FIRST_PUBLISH.run("R1").run("R2").faults(2), "mixed");
        shows(FIRST_PUBLISH.run("R1").run("R2").faults(2), "the manifest of a committed run is lost");
    }

    @Test
    void anOrphanedJobRunOverwritesWhatIsPublished() {
        shows(PUBLISHED_BEFORE.run("R1").faults(1).lates(1).withEveryCall(), "mixed");
    }

    @Test
    void aRollbackKeepsTheVersionsOfNewerSources() {
        shows(Scenario.of("rollback", SHIPPED).after("run-0", "run-1").rollback("R1", "run-0"), "has the sources");
    }

    @Test
    void aNameThatIsUsedAgainOverwritesTheDataOfItsFirstRun() {
        shows(Scenario.of("name used again", SHIPPED).after("run-0", "R1").run("R1"), "mixed");
    }

    private static void shows(Scenario scenario, String violation) {
        shows(scenario, violation, event -> true);
    }

    private static void shows(Scenario scenario, String violation, Predicate<Supplier<String>> events) {
        var report = Explorer.find(scenario, found -> found.contains(violation), events);
        System.out.println(report);
        assertTrue(report.violation().contains(violation), report.toString());
    }
}
