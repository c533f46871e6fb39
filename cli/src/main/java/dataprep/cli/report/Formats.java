package dataprep.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, sizes and times as the report writes them, the same in every locale. */
final class Formats {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Formats() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** @param noun in the singular */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    static String duration(Duration duration) {
        var seconds = duration.toSeconds();
        if (duration.toMillis() < 100) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 60) {
            return seconds(duration.toMillis() / 1000.0);
        }
        return seconds < 3600
                ? "%d min %d s".formatted(seconds / 60, seconds % 60)
                : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    static String bytes(long bytes) {
        var size = (double) bytes;
        var unit = 0;
        for (; size >= 1024 && unit < SIZES.length - 1; unit++) {
            size /= 1024;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, SIZES[unit]);
    }

    static String percent(long part, long whole) {
        if (whole == 0) {
            return "";
        }
        var percent = 100.0 * part / whole;
        // 100 % and 0 % mean exactly all and nothing
        var shown = Math.round(percent * 100) == 10_000 && part < whole ? 99.99 : percent;
        return part > 0 && percent < 0.01 ? "< 0.01 %" : String.format(Locale.ROOT, "%.2f %%", shown);
    }
}
