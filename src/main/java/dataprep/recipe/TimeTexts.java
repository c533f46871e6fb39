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

/** Texts of times read by a pattern as Spark reads them, which does it by the same class of Java's. */
final class TimeTexts {
    private TimeTexts() {}

    /** The pattern as Java takes it; empty if it is none. */
    static Optional<DateTimeFormatter> formatter(String pattern) {
        // a year, not a year of an era, unless the pattern has eras
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
        // a month is read as its first day
        return LocalDate.of(parsed.get(ChronoField.YEAR), parsed.get(ChronoField.MONTH_OF_YEAR), 1);
    }
}
