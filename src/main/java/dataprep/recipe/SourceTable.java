package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One source of a recipe as a table of columns. */
record SourceTable(
        @JsonProperty("format") JsonNode format,
        @JsonProperty("columns") List<SourceColumn> columns) {

    private static final Set<String> FOR_ALL_FORMATS = Set.of("type", "nullValues");

    /** The columns that steps and rules see, by name; the first one of a duplicate name. */
    Map<String, Column> columnsByName() {
        var byName = new LinkedHashMap<String, Column>();
        columns.stream()
                .filter(column -> !column.isDropped())
                .forEach(column -> byName.putIfAbsent(column.name(), column.column()));
        return byName;
    }

    boolean isSensitive() {
        return columns.stream().anyMatch(column -> column.sensitive() != null);
    }

    boolean hashes() {
        return columns.stream().anyMatch(column -> column.sensitive() == Sensitivity.HASH);
    }

    boolean isJson() {
        return formatType().startsWith("json");
    }

    String formatType() {
        return format.path("type").asText();
    }

    void check(String place, RecipeProblems problems) {
        checkFormat(place + ".format", problems);
        var names = new HashSet<String>();
        for (int i = 0; i < columns.size(); i++) {
            var at = "%s.columns[%d]".formatted(place, i);
            var column = columns.get(i);
            if (!names.add(column.name())) {
                problems.add(at + ".name", column.name(), "a name that no other column has");
            }
            column.check(at, problems);
            checkOrigin(at + ".from", column.origin(), problems);
            checkNoSensitiveValue(at, column, problems);
            checkNoPartIsTaken(at + ".from", column.origin(), problems);
        }
    }

    /**
     * Checks that the columns can be read from another data set.
     *
     * @param theirs the data set's columns by name
     */
    void checkReading(String place, String dataset, Map<String, Column> theirs, RecipeProblems problems) {
        var type = formatType();
        if (!type.equals("parquet")) {
            problems.add(place + ".format.type", type, "parquet, the format of the data set " + dataset);
        }
        for (int i = 0; i < columns.size(); i++) {
            var at = "%s.columns[%d]".formatted(place, i);
            var column = columns.get(i);
            var their = theirs.get(column.origin());
            if (their == null) {
                problems.unknown(at + ".from", column.origin(), "column of the data set " + dataset, theirs.keySet());
            } else if (!their.isReadableAs(column.type())) {
                problems.add(
                        at + ".type",
                        column.type(),
                        "a type as which %s of the data set %s can be read: %s or string"
                                .formatted(their.name(), dataset, their.type()));
            }
        }
    }

    private void checkFormat(String place, RecipeProblems problems) {
        var type = formatType();
        if (!type.equals("csv")) {
            format.properties().stream()
                    .filter(option -> !FOR_ALL_FORMATS.contains(option.getKey()))
                    .forEach(option -> problems.add(
                            place + "." + option.getKey(), option.getValue().asText(), "unset: it is for csv"));
        }
    }

    /** Checks that no other column shows the value of a sensitive column, or an object with it. */
    private void checkNoSensitiveValue(String place, SourceColumn column, RecipeProblems problems) {
        if (column.sensitive() == null) {
            columns.stream()
                    .filter(other -> other.sensitive() != null && overlap(column.origin(), other.origin()))
                    .findFirst()
                    .ifPresent(other -> problems.add(
                            place + ".from",
                            column.origin(),
                            "sensitive, too, or a value without that of the sensitive column " + other.name()));
        }
    }

    private static boolean overlap(String origin, String other) {
        return origin.equals(other) || origin.startsWith(other + ".") || other.startsWith(origin + ".");
    }

    /** The reader returns a nested value either whole or in parts. */
    private void checkNoPartIsTaken(String place, String origin, RecipeProblems problems) {
        if (isJson()) {
            columns.stream()
                    .map(SourceColumn::origin)
                    .filter(other -> other.startsWith(origin + "."))
                    .findFirst()
                    .ifPresent(part ->
                            problems.add(place, origin, "the whole or a part such as %s, not both".formatted(part)));
        }
    }

    /** Without a header, the recipe defines which columns exist. */
    private void checkOrigin(String place, String origin, RecipeProblems problems) {
        if (!format.path("header").asBoolean(true)) {
            var names = new HashSet<String>();
            format.path("columns").forEach(name -> names.add(name.asText()));
            if (!names.contains(origin)) {
                problems.unknown(place, origin, "column of the format", names);
            }
        }
    }
}
