package dataprep.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of monitoring: alarms, messages and the budget.
 *
 * @param alarmEmail where alarms are sent
 * @param webhook of a chat, to which run messages are posted
 * @param lineageEndpoint that receives the lineage of runs
 * @param monthlyBudgetDollars the monthly cost above which a message is sent; 0 for no budget
 */
public record OperationsSettings(
        boolean alarms,
        boolean dashboard,
        Optional<String> alarmEmail,
        Optional<Webhook> webhook,
        Optional<LineageEndpoint> lineageEndpoint,
        int monthlyBudgetDollars) {
    /** The longest evaluation range of CloudWatch. */
    private static final int MOST_HOURS = 168;

    static final Duration MOST_FRESHNESS = Duration.ofHours(MOST_HOURS);

    static OperationsSettings from(SettingsReader reader) {
        return new OperationsSettings(
                reader.flag("alarms"),
                reader.flag("dashboard"),
                reader.email("alarmEmail"),
                Webhook.from(reader),
                LineageEndpoint.from(reader),
                reader.integer("monthlyBudgetDollars", 0, 1_000_000));
    }

    /** The setting, or else the schedule's longest gap plus one run. */
    static Optional<Duration> freshness(SettingsReader reader, StartSettings start, Duration margin) {
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
                .filter(age -> age.compareTo(MOST_FRESHNESS) <= 0);
    }

    /** Whether runs write custom metrics for alarms and the dashboard. */
    public boolean runMetrics() {
        return alarms || dashboard;
    }

    /** Whether a budget is set. */
    public boolean budget() {
        return monthlyBudgetDollars > 0;
    }
}
