package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A rule on the data set as a whole; exactly one of its kinds is set. */
record QualityRule(
        @JsonProperty("rowCount") Bounds rowCount,
        @JsonProperty("completeness") OfColumn completeness,
        @JsonProperty("uniqueness") Uniqueness uniqueness,
        @JsonProperty("freshness") OfColumn freshness,
        @JsonProperty("sum") Bounds sum,
        @JsonProperty("mean") Bounds mean,
        @JsonProperty("reference") Reference reference) {

    record OfColumn(@JsonProperty("column") String column) {}

    record Bounds(
            @JsonProperty("column") String column,
            @JsonProperty("min") BigDecimal min,
            @JsonProperty("max") BigDecimal max) {}

    record Uniqueness(@JsonProperty("columns") List<String> columns) {}

    record Reference(
            @JsonProperty("source") String source,
            @JsonProperty("on") Map<String, String> on) {}

    void check(String place, Map<String, Column> columns, Map<String, SourceTable> sources, RecipeProblems problems) {
        if (rowCount != null) {
            checkBounds(place + ".rowCount", rowCount, problems);
        } else if (completeness != null) {
            problems.referToColumns(place + ".completeness.column", List.of(completeness.column()), columns);
        } else if (uniqueness != null) {
            problems.referToKeys(place + ".uniqueness.columns", uniqueness.columns(), columns);
        } else if (freshness != null) {
            checkFreshness(place + ".freshness.column", columns, problems);
        } else if (sum != null) {
            checkNumber(place + ".sum", sum, columns, problems);
        } else if (mean != null) {
            checkNumber(place + ".mean", mean, columns, problems);
        } else if (reference != null) {
            checkReference(place + ".reference", columns, sources, problems);
        }
    }

    private void checkFreshness(String place, Map<String, Column> columns, RecipeProblems problems) {
        problems.referToColumns(place, List.of(freshness.column()), columns);
        var column = columns.get(freshness.column());
        if (column != null && !column.isTime()) {
            problems.add(place, column.name(), "a column of type date or timestamp, not " + column.type());
        }
    }

    private static void checkNumber(String place, Bounds bounds, Map<String, Column> columns, RecipeProblems problems) {
        problems.referToColumns(place + ".column", List.of(bounds.column()), columns);
        var column = columns.get(bounds.column());
        if (column != null && !column.isNumber()) {
            problems.add(place + ".column", column.name(), "a column of numbers, not of " + column.type());
        }
        checkBounds(place, bounds, problems);
    }

    private static void checkBounds(String place, Bounds bounds, RecipeProblems problems) {
        if (bounds.min() != null && bounds.max() != null && bounds.min().compareTo(bounds.max()) > 0) {
            problems.add(place, bounds.min() + " to " + bounds.max(), "a minimum that is not above the maximum");
        }
    }

    private void checkReference(
            String place, Map<String, Column> columns, Map<String, SourceTable> sources, RecipeProblems problems) {
        var other = sources.get(reference.source());
        if (other == null) {
            problems.unknown(place + ".source", reference.source(), "source", sources.keySet());
        } else {
            problems.compare(place + ".on", reference.on(), columns, other.columnsByName());
        }
    }
}
