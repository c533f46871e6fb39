package dataprep.cli.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dataprep.pricing.Prices;
import dataprep.pricing.Workers;
import java.util.List;
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
    }

    @Test
    void functionAndWorkflowAreCounted() {
        var cost = Cost.of(new Usage(null, 0, 0, 1_000, 1_000_000, 1_000), PRICES);
        assertEquals(0.0133334 + 0.20 + 0.025, cost.dollars(), 1e-9);
    }

    @Test
    void spareCapacityHasAPriceOfItsOwn() {
        assertEquals(
                0.29 * 2 / 60, cost(new Workers("5.1", "G.1X", 2, true), 60).dollars(), 1e-9);
    }

    @Test
    void unknownPricesAreNamedAndNotCounted() {
        for (var workers : List.of(new Workers("6.0", "G.1X", 2, true), new Workers("7.0", "G.1X", 2, false))) {
            var cost = cost(workers, 60);
            assertEquals(List.of("Glue"), cost.unpriced(), workers.toString());
            assertEquals("$0.0000 and Glue, price not known", cost.total());
            assertEquals("price not known", cost.lines().get(0).text());
        }
    }

    private static double dollars(String version, String type, int number, double seconds) {
        return cost(new Workers(version, type, number, false), seconds).dollars();
    }

    private static Cost cost(Workers workers, double seconds) {
        return Cost.of(new Usage(workers, workers.dpus() * seconds, seconds, 0, 0, 0), PRICES);
    }
}
