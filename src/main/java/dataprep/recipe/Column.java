package dataprep.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A column with its type as the recipe names it.
 *
 * @param isMasked whether all its values are replaced by the same text
 */
public record Column(String name, String type, Optional<String> description, boolean isMasked) {
    /** The types whose names in the recipe and in Hive, which the Glue catalog uses, differ. */
    private static final Map<String, String> HIVE_TYPES = Map.of("integer", "int", "long", "bigint");

    private static final Map<String, Integer> DIGITS_OF_INTEGERS = Map.of("integer", 10, "long", 19);
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");
    private static final int MOST_DIGITS = 38;

    public String hiveType() {
        return HIVE_TYPES.getOrDefault(type, type);
    }

    Column renamed(String newName) {
        return new Column(newName, type, description, isMasked);
    }

    boolean isNumber() {
        return isNumber(type);
    }

    private static boolean isNumber(String type) {
        return List.of("integer", "long", "double").contains(type) || type.startsWith("decimal");
    }

    /** Whether values of this column can be read as the type: texts as any, all as texts, numbers as numbers. */
    boolean isReadableAs(String other) {
        return type.equals(other) || type.equals("string") || other.equals("string") || isNumber() && isNumber(other);
    }

    boolean isTime() {
        return List.of("date", "timestamp").contains(type);
    }

    /** Whether Spark compares the two types without a lossy cast; a double represents only short integers exactly. */
    boolean comparesWith(Column other) {
        if (type.equals(other.type)) {
            return true;
        }
        if (type.equals("double") || other.type.equals("double")) {
            return type.equals("integer") || other.type.equals("integer");
        }
        var ours = digits();
        var theirs = other.digits();
        return ours.isPresent() && theirs.isPresent() && ours.get().fitsWith(theirs.get());
    }

    /** The digits of an exact number before and after the decimal point. */
    private record Digits(int before, int after) {
        boolean fitsWith(Digits other) {
            return Math.max(before, other.before) + Math.max(after, other.after) <= MOST_DIGITS;
        }
    }

    private Optional<Digits> digits() {
        var decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            var after = Integer.parseInt(decimal.group(2));
            return Optional.of(new Digits(Integer.parseInt(decimal.group(1)) - after, after));
        }
        return Optional.ofNullable(DIGITS_OF_INTEGERS.get(type)).map(before -> new Digits(before, 0));
    }
}
