package dataprep.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * What watches the runs.
 *
 * @param freshness after how long without a successful run an alarm goes off; empty for never
 * @param rejectedRowsPercent of a run's rows, more of which set off an alarm
 * @param alarmEmail where alarms are sent
 * @param webhook of a chat, where run messages are posted
 * @param monthlyBudgetDollars what the stack may cost in a month before a message says so; 0 for whatever it costs
 */
public record OperationsSettings(
        boolean alarms,
        boolean dashboard,
        Optional<Duration> freshness,
        int rejectedRowsPercent,
        Optional<String> alarmEmail,
        Optional<Webhook> webhook,
        int monthlyBudgetDollars) {
    /** CloudWatch looks back no further. */
    private static final int MOST_HOURS = 168;

    static OperationsSettings from(SettingsReader reader, StartSettings start, int runTimeoutMinutes) {
        return new OperationsSettings(
                reader.flag("alarms"),
                reader.flag("dashboard"),
                freshness(reader, start, Duration.ofMinutes(runTimeoutMinutes)),
                reader.integer("rejectedRowsAlarmPercent", 0, 100),
                reader.email("alarmEmail"),
                Webhook.from(reader),
                reader.integer("monthlyBudgetDollars", 0, 1_000_000));
    }

    private static Optional<Duration> freshness(SettingsReader reader, StartSettings start, Duration margin) {
        var hours = reader.integer("freshnessHours", 0, MOST_HOURS);
        if (hours > 0) {
            return Optional.of(Duration.ofHours(hours));
        }
        return start.timetable()
                .map(times -> times.longestGap()
                        .plus(margin)
                        .plusMinutes(start.windowMinutes())
                        .plusMinutes(59))
                .map(age -> Duration.ofHours(age.toHours()))
                .filter(age -> age.toHours() <= MOST_HOURS);
    }

    /** Whether runs write metrics of their own, which alarms and the dashboard read. */
    public boolean runMetrics() {
        return alarms || dashboard;
    }

    /** Whether a message goes out when the stack costs too much. */
    public boolean budget() {
        return monthlyBudgetDollars > 0;
    }
}
