package dataprep.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A date and time pattern of Spark, and the reasons why Spark would parse values incorrectly with it.
 *
 * <p>https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html
 */
final class TimePattern {
    private static final String KNOWN = "GyMLdDahKkHmsSVOXxZ";
    private static final String ZONES = "VOXxZ";
    private static final int MICROSECONDS = 6;

    /** A letter, its repetitions and its optional section; 0 means none. */
    private record Field(char letter, int width, int section) {}

    private final List<Field> fields = new ArrayList<>();
    private int sections;

    private TimePattern() {}

    /** The rule that a pattern for parsing values of a type breaks; empty if it is valid. */
    static Optional<String> problem(String type, String pattern, boolean withZone) {
        var parsed = new TimePattern();
        parsed.read(pattern);
        return parsed.letterProblem()
                .or(parsed::clockProblem)
                .or(() -> parsed.dateProblem(type))
                .or(() -> withZone && parsed.hasOptionalZone()
                        ? Optional.of("a zone that all texts have, or none: zone counts for texts without one")
                        : Optional.empty());
    }

    /** The rule that a pattern for formatting breaks; it may omit parts. */
    static Optional<String> problemOfWriting(String pattern) {
        var parsed = new TimePattern();
        parsed.read(pattern);
        return parsed.clockProblem();
    }

    private void read(String pattern) {
        var quoted = false;
        var section = 0;
        for (int i = 0; i < pattern.length(); i++) {
            var letter = pattern.charAt(i);
            quoted ^= letter == '\'';
            if (quoted) {
                continue;
            }
            if (letter == '[') {
                section = ++sections;
            } else if (letter == ']') {
                section = 0;
            } else if (Character.isLetter(letter)) {
                var start = i;
                while (i + 1 < pattern.length() && pattern.charAt(i + 1) == letter) {
                    i++;
                }
                fields.add(new Field(letter, i - start + 1, section));
            }
        }
    }

    private Optional<String> letterProblem() {
        var unknown = new TreeSet<Character>();
        for (var field : fields) {
            if (KNOWN.indexOf(field.letter()) < 0) {
                unknown.add(field.letter());
            } else if (field.letter() == 'S' && field.width() > MICROSECONDS) {
                return Optional.of("at most six digits of a second, SSSSSS: a timestamp has no more");
            } else if ("MLG".indexOf(field.letter()) >= 0 && field.width() > 4) {
                return Optional.of("at most four of " + field.letter());
            }
        }
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        var letters = unknown.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Optional.of(
                "a pattern without %s: Spark cannot read texts by it, or takes one zone of several".formatted(letters));
    }

    private Optional<String> clockProblem() {
        if (has("hK") != has("a")) {
            return Optional.of("hh and a together, or HH: hh is an hour of twelve");
        }
        if (has("m") && !has("hKkH") || has("s") && !has("m") || has("S") && !has("s")) {
            return Optional.of("minutes (mm) with hours (HH), seconds with minutes; the month is MM");
        }
        for (var field : List.of("y", "ML", "dD", "hKkH", "m", "s", "S")) {
            if (sections == 0
                    && fields.stream()
                                    .filter(each -> field.indexOf(each.letter()) >= 0)
                                    .count()
                            > 1) {
                return Optional.of(
                        "each part of a time once; mm is the minute, MM the month, dd the day, DD the day of the year");
            }
        }
        return Optional.empty();
    }

    private Optional<String> dateProblem(String type) {
        if (has("D") && has("ML")) {
            return Optional.of("dd for the day: DD is the day of the year");
        }
        for (int section = 0; section <= sections; section++) {
            if (section > 0 && isDate(type, 0)
                    || section == 0 && sections > 0 && fields.stream().allMatch(each -> each.section() > 0)) {
                continue;
            }
            if (!isDate(type, section)) {
                return Optional.of("year (yyyy), month (MM) and day (dd) in every text; mm is the minute");
            }
        }
        return Optional.empty();
    }

    /** Whether the letters outside sections and in this section make a day, or for a date at least a month. */
    private boolean isDate(String type, int section) {
        var letters = fields.stream()
                .filter(field -> field.section() == 0 || field.section() == section)
                .map(field -> String.valueOf(field.letter()))
                .collect(Collectors.joining());
        var isMonth = type.equals("date") && letters.matches("[GyML]+");
        return letters.contains("y")
                && (letters.contains("D") || letters.matches(".*[ML].*") && (letters.contains("d") || isMonth));
    }

    private boolean hasOptionalZone() {
        return fields.stream().anyMatch(field -> field.section() > 0 && ZONES.indexOf(field.letter()) >= 0);
    }

    private boolean has(String letters) {
        return fields.stream().anyMatch(field -> letters.indexOf(field.letter()) >= 0);
    }
}
