package dataprep.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** Parses the values that a recipe contains by their types. */
final class Values {
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

    private Values() {}

    /**
     * Whether a type of the schema's syntax is valid: the schema does not compare a decimal's scale with its precision.
     */
    static boolean isType(String type) {
        var decimal = DECIMAL.matcher(type);
        return !decimal.matches() || Integer.parseInt(decimal.group(2)) <= Integer.parseInt(decimal.group(1));
    }

    /** A value of the recipe as text in a source: a number without an exponent. */
    static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }

    /** The value as a comparable of its type; empty if the text is not valid. */
    static Optional<Comparable<?>> parse(String type, String text) {
        try {
            return Optional.of(value(type, text));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked")
    static boolean isAfter(String type, String left, String right) {
        var first = parse(type, left);
        var second = parse(type, right);
        return first.isPresent()
                && second.isPresent()
                && ((Comparable<Object>) first.get()).compareTo(second.get()) > 0;
    }

    private static Comparable<?> value(String type, String text) {
        switch (type) {
            case "string":
                return text;
            case "boolean":
                return bool(text);
            case "integer":
                return BigDecimal.valueOf(Integer.parseInt(text));
            case "long":
                return BigDecimal.valueOf(Long.parseLong(text));
            case "double":
                return new BigDecimal(text);
            case "date":
                return ofFourDigits(LocalDate.parse(text), LocalDate::getYear);
            case "timestamp":
                return ofFourDigits(timestamp(text), LocalDateTime::getYear);
            default:
                return decimal(type, text);
        }
    }

    private static Boolean bool(String text) {
        if (!List.of("true", "false").contains(text)) {
            throw new NumberFormatException(text);
        }
        return Boolean.valueOf(text);
    }

    private static <T> T ofFourDigits(T time, ToIntFunction<T> year) {
        if (year.applyAsInt(time) < 1 || year.applyAsInt(time) > 9999) {
            throw new DateTimeException(time.toString());
        }
        return time;
    }

    private static BigDecimal decimal(String type, String text) {
        var decimal = DECIMAL.matcher(type);
        if (text.toLowerCase(Locale.ROOT).contains("e")) {
            throw new NumberFormatException(text);
        }
        var value = new BigDecimal(text).stripTrailingZeros();
        if (!decimal.matches()
                || Math.max(value.scale(), 0) > Integer.parseInt(decimal.group(2))
                || value.precision() - value.scale()
                        > Integer.parseInt(decimal.group(1)) - Integer.parseInt(decimal.group(2))) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static LocalDateTime timestamp(String text) {
        var iso = text.replace(' ', 'T');
        if (!iso.contains("T")) {
            return LocalDate.parse(iso).atStartOfDay();
        }
        try {
            return OffsetDateTime.parse(iso)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
        } catch (DateTimeException e) {
            return LocalDateTime.parse(iso);
        }
    }
}
