package dataprep.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the publication in all interleavings of the deployed definition. */
class PublicationModelIT {
    private static final String DEPTH = "depth";

    static Stream<Scenario> scenarios() {
        var depth = System.getProperty(DEPTH, "");
        if (!depth.isEmpty() && !depth.equals("deep")) {
            throw new IllegalArgumentException(DEPTH + ": invalid value '" + depth + "'; must be deep, or unset");
        }
        return depth.isEmpty() ? Scenarios.ofEveryBuild() : Stream.concat(Scenarios.ofEveryBuild(), Scenarios.deep());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyStateKeepsTheInvariants(Scenario scenario) {
        var report = Scenarios.report(scenario);
        System.out.println(report);
        assertEquals("", report.violation(), report.toString());
    }
}
