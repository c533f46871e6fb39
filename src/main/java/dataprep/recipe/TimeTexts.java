package dataprep.recipe;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/** Parses times by a pattern with the Java class that Spark uses. */
final class TimeTexts {
    private TimeTexts() {}

    /** The formatter for the pattern; empty if it is invalid. */
    static Optional<DateTimeFormatter> formatter(String pattern) {
        // yyyy is the proleptic year, not the year of era, unless the pattern has eras
        var years = pattern.contains("G") ? pattern : pattern.replaceAll("y(?=([^']*'[^']*')*[^']*$)", "u");
        try {
            return Optional.of(new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(years)
                    .toFormatter(Locale.US)
                    .withChronology(IsoChronology.INSTANCE)
                    .withResolverStyle(ResolverStyle.STRICT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isRead(String pattern, String text) {
        try {
            formatter(pattern).ifPresent(formatter -> day(formatter.parse(text)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static LocalDate day(TemporalAccessor parsed) {
        if (parsed.isSupported(ChronoField.EPOCH_DAY)) {
            return LocalDate.from(parsed);
        }
        // a month is parsed as its first day
        return LocalDate.of(parsed.get(ChronoField.YEAR), parsed.get(ChronoField.MONTH_OF_YEAR), 1);
    }
}
