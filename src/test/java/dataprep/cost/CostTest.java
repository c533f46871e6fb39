package dataprep.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CostTest {
    private static final Prices PRICES = Prices.current();

    @Test
    void twoSmallWorkersForAMinuteCostWhatAwsSays() {
        assertEquals(0.0103, dollars("6.0", "G.1X", 2, 60), 0.00005);
        assertEquals(0.0147, dollars("5.1", "G.1X", 2, 60), 0.00005);
    }

    @Test
    void aMinuteIsBilledAtLeast() {
        assertEquals(dollars("6.0", "G.1X", 2, 60), dollars("6.0", "G.1X", 2, 7), 1e-9);
        assertEquals(2 * dollars("6.0", "G.1X", 2, 60), dollars("6.0", "G.1X", 2, 120), 1e-9);
    }

    @Test
    void aWorkerOfEightUnitsIsPaidEightTimes() {
        assertEquals(8 * dollars("6.0", "G.1X", 2, 60), dollars("6.0", "G.8X", 2, 60), 1e-9);
        assertTrue(dollars("5.1", "R.1X", 2, 60) > dollars("5.1", "G.1X", 2, 60));
    }

    @Test
    void functionAndWorkflowAreCounted() {
        var cost = Cost.of(new Usage(null, 0, 0, 1_000, 1_000_000, 1_000), PRICES);
        assertEquals(0.0133334 + 0.20 + 0.025, cost.dollars(), 1e-9);
    }

    @Test
    void aVersionWithoutAPriceIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> dollars("7.0", "G.1X", 2, 60));
        assertTrue(e.getMessage().contains("no price of Glue 7.0"), e.getMessage());
    }

    private static double dollars(String version, String type, int number, double seconds) {
        var workers = new Workers(version, type, number);
        return Cost.of(new Usage(workers, workers.dpus() * seconds, seconds, 0, 0, 0), PRICES)
                .dollars();
    }
}
