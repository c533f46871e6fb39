package dataprep.settings;

import com.cronutils.model.definition.CronConstraintsFactory;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A schedule expression of EventBridge Scheduler: {@code cron(0 3 * * ? *)} or {@code rate(1 hour)}.
 *
 * @param shortestGap between two starts
 * @param longestGap between two starts: data are never older than this plus a run's duration
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule types</a>
 */
public record ScheduleExpression(String expression, ZoneId zone, Duration shortestGap, Duration longestGap) {
    private static final Pattern RATE = Pattern.compile("rate\\((?<value>[1-9]\\d{0,5}) (?<unit>minute|hour|day)s?\\)");
    private static final Pattern CRON = Pattern.compile("cron\\((?<fields>[^()]+)\\)");
    private static final Map<String, Duration> UNITS =
            Map.of("minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1));
    /** A fixed start date, so that the same settings always give the same resources. */
    private static final ZonedDateTime FROM = ZonedDateTime.parse("2026-01-01T00:00:00Z");
    /** More than a year of daily starts, which includes clock changes. */
    private static final int STARTS = 500;

    /**
     * @throws IllegalArgumentException with the problem of the expression
     */
    static ScheduleExpression of(String expression, ZoneId zone) {
        var rate = RATE.matcher(expression);
        if (rate.matches()) {
            var gap = UNITS.get(rate.group("unit")).multipliedBy(Long.parseLong(rate.group("value")));
            return new ScheduleExpression(expression, zone, gap, gap);
        }
        var cron = CRON.matcher(expression);
        if (!cron.matches()) {
            throw new IllegalArgumentException("not rate(..) or cron(..)");
        }
        var gaps = gaps(starts(cron.group("fields"), zone));
        return new ScheduleExpression(expression, zone, Collections.min(gaps), Collections.max(gaps));
    }

    private static List<ZonedDateTime> starts(String fields, ZoneId zone) {
        try {
            var times = ExecutionTime.forCron(new CronParser(Definition.OF_AWS).parse(fields));
            var starts = new ArrayList<ZonedDateTime>();
            var start = times.nextExecution(FROM.withZoneSameInstant(zone));
            while (start.isPresent() && starts.size() < STARTS) {
                starts.add(start.get());
                start = times.nextExecution(start.get());
            }
            if (starts.size() < 2) {
                throw new IllegalArgumentException("it has fewer than two starts");
            }
            return starts;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static List<Duration> gaps(List<ZonedDateTime> starts) {
        var gaps = new ArrayList<Duration>();
        for (int i = 1; i < starts.size(); i++) {
            gaps.add(Duration.between(starts.get(i - 1), starts.get(i)));
        }
        return gaps;
    }

    /** A separate class, so that the cron parser is loaded for cron expressions only. */
    private static final class Definition {
        /** Six fields from minutes to years; one of day-of-month and day-of-week must be a question mark. */
        static final CronDefinition OF_AWS = CronDefinitionBuilder.defineCron()
                .withMinutes()
                .and()
                .withHours()
                .and()
                .withDayOfMonth()
                .supportsL()
                .supportsW()
                .supportsLW()
                .supportsQuestionMark()
                .and()
                .withMonth()
                .and()
                .withDayOfWeek()
                .withValidRange(1, 7)
                .withMondayDoWValue(2)
                .supportsHash()
                .supportsL()
                .supportsQuestionMark()
                .and()
                .withYear()
                .withValidRange(1970, 2199)
                .and()
                .withCronValidation(CronConstraintsFactory.ensureEitherDayOfWeekOrDayOfMonth())
                .instance();
    }
}
