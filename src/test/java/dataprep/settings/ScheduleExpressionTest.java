package dataprep.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleExpressionTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rate(1 minute)            | PT1M   | PT1M
            rate(5 minutes)           | PT5M   | PT5M
            rate(12 hours)            | PT12H  | PT12H
            rate(7 days)              | PT168H | PT168H
            cron(0 3 * * ? *)         | PT24H  | PT24H
            cron(0/15 * * * ? *)      | PT15M  | PT15M
            cron(0 3 ? * MON-FRI *)   | PT24H  | PT72H
            cron(0 3,15 ? * 2 *)      | PT12H  | PT156H
            cron(0 3 L * ? *)         | PT672H | PT744H
            cron(30 6 ? * 2#1 *)      | PT672H | PT840H
            """)
    void theGapsBetweenStartsFollowFromTheExpression(String expression, Duration shortest, Duration longest) {
        var times = ScheduleExpression.of(expression, UTC);
        assertEquals(shortest, times.shortestGap());
        assertEquals(longest, times.longestGap());
    }

    @Test
    void clockChangesMakeOneDayLongerAndOneShorter() {
        var times = ScheduleExpression.of("cron(0 12 * * ? *)", ZoneId.of("Europe/Vienna"));
        assertEquals(Duration.ofHours(23), times.shortestGap());
        assertEquals(Duration.ofHours(25), times.longestGap());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 3 * * ? *                | not rate(..) or cron(..)
            at(2026-01-01T00:00:00)    | not rate(..) or cron(..)
            rate(0 hours)              | not rate(..) or cron(..)
            rate(1 week)               | not rate(..) or cron(..)
            cron(0 3 * * ?)            | 5 parts but we expect one of [6]
            cron(0 3 * * * *)          | Both, a day-of-week AND a day-of-month
            cron(0 25 * * ? *)         | 25 not in range [0, 23]
            cron(0 3 ? * 8 *)          | 8 not in range [1, 7]
            cron(0 3 30 2 ? *)         | fewer than two starts
            cron(0 3 1 1 ? 2027)       | fewer than two starts
            cron(0 3 31W * ? *)        | Invalid date
            """)
    void whatEventBridgeWouldRejectIsRejected(String expression, String why) {
        var refused = assertThrows(IllegalArgumentException.class, () -> ScheduleExpression.of(expression, UTC));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
