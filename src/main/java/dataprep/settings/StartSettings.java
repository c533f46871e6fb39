package dataprep.settings;

import dataprep.lake.LakePaths;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What starts a run beside a person.
 *
 * @param windowMinutes by how much a scheduled start may be late, for AWS to spread its load; 0 for on time
 * @param onNewObjects whether each new object of an S3 source starts a run
 */
public record StartSettings(Optional<ScheduleExpression> timetable, int windowMinutes, boolean onNewObjects) {
    private static final String ALLOWED =
            "cron(..) of six fields as EventBridge Scheduler takes them, rate(n minutes), rate(n hours), rate(n days)"
                    + " or nothing";

    static StartSettings from(SettingsReader reader, List<Source> sources) {
        var zone = zone(reader);
        var timetable = timetable(reader, zone);
        var window = reader.integer("scheduleWindowMinutes", 0, 1_440);
        timetable
                .filter(times -> Duration.ofMinutes(window).compareTo(times.shortestGap()) >= 0)
                .ifPresent(times -> reader.refuse(
                        "scheduleWindowMinutes",
                        window,
                        "less than the %d minutes between two starts"
                                .formatted(times.shortestGap().toMinutes())));
        var onNewObjects = reader.flag("startOnNewObjects");
        if (onNewObjects) {
            refuseUnobservable(reader, sources);
        }
        return new StartSettings(timetable, window, onNewObjects);
    }

    private static Optional<ScheduleExpression> timetable(SettingsReader reader, ZoneId zone) {
        var expression = reader.text("schedule");
        if (expression.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ScheduleExpression.of(expression, zone));
        } catch (IllegalArgumentException e) {
            reader.refuse("schedule", expression, "%s (%s)".formatted(ALLOWED, e.getMessage()));
            return Optional.empty();
        }
    }

    private static ZoneId zone(SettingsReader reader) {
        var name = reader.text("scheduleTimeZone");
        try {
            var zone = ZoneId.of(name);
            if (ZoneId.getAvailableZoneIds().contains(name)) {
                return zone;
            }
        } catch (DateTimeException e) {
            // told below, like an offset, which EventBridge does not take
        }
        reader.refuse("scheduleTimeZone", name, "a time zone's name, as UTC or Europe/Vienna");
        return ZoneOffset.UTC;
    }

    private static void refuseUnobservable(SettingsReader reader, List<Source> sources) {
        if (sources.stream().noneMatch(source -> source.s3Key().isPresent())) {
            reader.refuse("startOnNewObjects", true, "false without a source in S3");
        }
        for (int i = 0; i < sources.size(); i++) {
            var source = sources.get(i);
            if (source.s3Bucket().filter(Source.DATA_BUCKET::equals).isPresent()
                    && source.s3Key().filter(LakePaths::isWrittenByRuns).isPresent()) {
                reader.refuse(
                        "sources[%d].uri".formatted(i),
                        source.uri(),
                        "a place that no run writes to, for a new object there starts a run");
            }
        }
    }
}
