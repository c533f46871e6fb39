package dataprep.cli.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.cli.acceptance.AcceptanceReport.Finding;
import dataprep.cli.acceptance.AcceptanceReport.Verdict;
import dataprep.cli.exit.CommandFailure;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptanceReportTest {
    private final AcceptanceReport report = new AcceptanceReport(true);

    @Test
    void anAssumptionWithoutACheckIsAnError() throws Exception {
        for (var assumption : Assumption.values()) {
            if (assumption != Assumption.ROLLBACK) {
                report.check(assumption, () -> Finding.of(true, "as expected"));
            }
        }
        var fault = assertThrows(IllegalStateException.class, report::lines);
        assertEquals("no check of ROLLBACK", fault.getMessage());
    }

    @Test
    void anExceptionOfACheckIsItsFindingAndTheOtherChecksContinue() throws Exception {
        for (var assumption : Assumption.values()) {
            report.check(assumption, () -> {
                if (assumption == Assumption.NOTHING_TO_DO) {
                    throw CommandFailure.failed("the run failed\nat ReadQuality");
                }
                return Finding.of(true, "as expected");
            });
        }
        assertEquals(Set.of(Assumption.NOTHING_TO_DO), report.of(Verdict.DIFFERS));
        assertTrue(
                report.lines().contains(" ".repeat(34) + "found:    the run failed"),
                report.lines().toString());
    }

    @Test
    void assumptionsThatNeedAwsAreNotCheckedOnTheLocalAws() throws Exception {
        report.check(Assumption.FAILURE_ALARM, () -> {
            throw new AssertionError("is not asked");
        });
        assertEquals(Set.of(Assumption.FAILURE_ALARM), report.of(Verdict.NOT_CHECKED));
    }
}
