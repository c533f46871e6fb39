package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A column of a source with the attributes that a preview can check. */
record SourceColumn(
        @JsonProperty("name") String name,
        @JsonProperty("description") String description,
        @JsonProperty("from") String from,
        @JsonProperty("type") String type,
        @JsonProperty("format") String format,
        @JsonProperty("zone") String zone,
        @JsonProperty("replace") List<Replacement> replace,
        @JsonProperty("case") String letterCase,
        @JsonProperty("default") JsonNode defaultValue,
        @JsonProperty("allowed") List<JsonNode> allowed,
        @JsonProperty("pattern") String pattern,
        @JsonProperty("range") Bounds range,
        @JsonProperty("length") Bounds length,
        @JsonProperty("sensitive") Sensitivity sensitive) {

    record Replacement(@JsonProperty("pattern") String pattern) {}

    record Bounds(
            @JsonProperty("min") JsonNode min,
            @JsonProperty("max") JsonNode max) {}

    SourceColumn {
        replace = replace == null ? List.of() : replace;
        allowed = allowed == null ? List.of() : allowed;
    }

    Column column() {
        return new Column(name, type, Optional.ofNullable(description), sensitive == Sensitivity.MASK);
    }

    boolean isDropped() {
        return sensitive == Sensitivity.DROP;
    }

    String origin() {
        return from == null ? name : from;
    }

    /** Whether values of the column may differ from those of the source, apart from type and surrounding white space. */
    boolean changesValues() {
        return !replace.isEmpty() || letterCase != null || defaultValue != null;
    }

    void check(String place, RecipeProblems problems) {
        if (!Values.isType(type)) {
            problems.add(place + ".type", type, "a decimal whose scale is not larger than its precision");
        }
        problems.describe(place + ".description", description);
        if (sensitive != null && !isDropped() && !type.equals("string")) {
            problems.add(
                    place + ".sensitive",
                    sensitive.name().toLowerCase(Locale.ROOT),
                    "drop, or a column of type string, not " + type);
        }
        checkTime(place, problems);
        for (int i = 0; i < replace.size(); i++) {
            checkRegex(
                    "%s.replace[%d].pattern".formatted(place, i), replace.get(i).pattern(), problems);
        }
        checkRegex(place + ".pattern", pattern, problems);
        checkWritten(place + ".default", defaultValue, false, problems);
        allowed.forEach(value -> checkWritten(place + ".allowed", value, true, problems));
        checkBounds(place + ".range", range, problems);
        checkOrder(place + ".length", "long", length, problems);
    }

    private void checkTime(String place, RecipeProblems problems) {
        if (format != null && !column().isTime()) {
            problems.add(place + ".format", format, "unset: it is for date and timestamp");
        } else if (format != null && TimeTexts.formatter(format).isEmpty()) {
            problems.add(place + ".format", format, "a pattern of Spark's, such as dd.MM.yyyy HH:mm");
        } else if (format != null) {
            TimePattern.problem(type, format, zone != null)
                    .ifPresent(allowed -> problems.add(place + ".format", format, allowed));
        }
        if (zone != null && !type.equals("timestamp")) {
            problems.add(place + ".zone", zone, "unset: it is for timestamp");
        } else if (zone != null && !isZone(zone)) {
            problems.add(place + ".zone", zone, "a time zone, such as Europe/Berlin");
        }
    }

    private static void checkRegex(String place, String pattern, RecipeProblems problems) {
        try {
            Pattern.compile(pattern == null ? "" : pattern);
        } catch (PatternSyntaxException e) {
            problems.add(place, pattern, "a regular expression: " + e.getDescription());
        }
    }

    /** Checks a value in the source's format; some values may use ISO 8601 instead. */
    private void checkWritten(String place, JsonNode value, boolean orIso, RecipeProblems problems) {
        if (format == null || !column().isTime()) {
            checkValue(place, value, problems);
        } else if (value != null
                && !TimeTexts.isRead(format, Values.text(value))
                && !(orIso && Values.parse(type, Values.text(value)).isPresent())) {
            problems.add(place, Values.text(value), "a value of type %s, written as %s".formatted(type, format));
        }
    }

    private void checkValue(String place, JsonNode value, RecipeProblems problems) {
        if (value != null
                && Values.isType(type)
                && Values.parse(type, Values.text(value)).isEmpty()) {
            problems.add(place, Values.text(value), "a value of type " + type);
        }
    }

    private void checkBounds(String place, Bounds bounds, RecipeProblems problems) {
        if (bounds == null) {
            return;
        }
        if (type.equals("string") || type.equals("boolean")) {
            problems.add(place, type, "a type with a range: a number, date or timestamp");
            return;
        }
        checkValue(place + ".min", bounds.min(), problems);
        checkValue(place + ".max", bounds.max(), problems);
        checkOrder(place, type, bounds, problems);
    }

    private static void checkOrder(String place, String type, Bounds bounds, RecipeProblems problems) {
        if (bounds != null && bounds.min() != null && bounds.max() != null) {
            var least = Values.text(bounds.min());
            var most = Values.text(bounds.max());
            if (Values.isAfter(type, least, most)) {
                problems.add(place, least + " to " + most, "a minimum that is not above the maximum");
            }
        }
    }

    private static boolean isZone(String zone) {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
