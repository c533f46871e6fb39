package dataprep.settings;

import dataprep.lake.LakePaths;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The automatic starts of runs.
 *
 * @param windowMinutes the flexible time window of a scheduled start; 0 for none
 * @param onNewObjects whether each new object of an S3 source starts a run
 */
public record StartSettings(Optional<ScheduleExpression> timetable, int windowMinutes, boolean onNewObjects) {
    private static final String ALLOWED =
            "cron(..) with the six fields of EventBridge Scheduler, rate(n minutes), rate(n hours), rate(n days)"
                    + " or unset";

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
        // the stack's value is for those of its data sets that have such a source
        var applies = !reader.inherits("startOnNewObjects") || hasSourceInS3(sources);
        var onNewObjects = reader.flag("startOnNewObjects") && applies;
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
            // reported below, like an offset, which EventBridge does not accept
        }
        reader.refuse("scheduleTimeZone", name, "a time zone, such as UTC or Europe/Vienna");
        return ZoneOffset.UTC;
    }

    private static boolean hasSourceInS3(List<Source> sources) {
        return sources.stream().anyMatch(source -> source.s3Key().isPresent());
    }

    private static void refuseUnobservable(SettingsReader reader, List<Source> sources) {
        if (!hasSourceInS3(sources)) {
            reader.refuse("startOnNewObjects", true, "false if no source is in S3");
        }
        for (int i = 0; i < sources.size(); i++) {
            var source = sources.get(i);
            if (source.s3Bucket().filter(Source.DATA_BUCKET::equals).isPresent()
                    && source.s3Key().filter(LakePaths::isWrittenByRuns).isPresent()) {
                reader.refuse(
                        "sources[%d].uri".formatted(i),
                        source.uri(),
                        "a prefix that no run writes to, because a new object there starts a run");
            }
        }
    }
}
