package dataprep.pulumi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommonPoolTest {
    @ParameterizedTest
    @CsvSource({
        "17, 1, false",
        "17, 2, false",
        "24, 2, false",
        "25, 1, true",
        "25, 2, true",
        "25, 3, false",
        "26, 2, true"
    })
    void aPoolWithOneThreadIsTooSmall(int javaVersion, int processors, boolean tooSmall) {
        assertEquals(tooSmall, CommonPool.isTooSmall(javaVersion, processors));
    }
}
