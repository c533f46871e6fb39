package dataprep.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One partition term of a recipe, such as month(placed); a column alone is its identity.
 *
 * @see <a href="https://iceberg.apache.org/spec/#partition-transforms">Partition transforms</a>
 */
record Partition(String term, String transform, String column) {
    private static final Pattern TERM = Pattern.compile("(?:(\\w+)\\((?:\\d+, ?)?)?(\\w+)\\)?");
    private static final List<String> DAYS = List.of("date", "timestamp");
    /** The types that each transform takes; a double has several representations of one number. */
    private static final Map<String, List<String>> TYPES = Map.of(
            "year", DAYS,
            "month", DAYS,
            "day", DAYS,
            "hour", List.of("timestamp"),
            "bucket", List.of("integer", "long", "decimal", "date", "timestamp", "string"),
            "truncate", List.of("integer", "long", "decimal", "string"),
            "identity", List.of("integer", "long", "decimal", "date", "timestamp", "string", "boolean"));

    /** The types whose values Athena projects exactly: partition projection has integers, dates and listed texts. */
    private static final List<String> PROJECTED = List.of("string", "integer", "long", "date");

    /**
     * @param term that conforms to the recipe's schema
     */
    static Partition parse(String term) {
        var found = TERM.matcher(term);
        if (!found.matches()) {
            throw new IllegalArgumentException(term);
        }
        return new Partition(term, Optional.ofNullable(found.group(1)).orElse("identity"), found.group(2));
    }

    void check(String place, boolean isIceberg, Map<String, Column> columns, RecipeProblems problems) {
        problems.referToColumns(place, List.of(column), columns);
        if (!isIceberg && !transform.equals("identity")) {
            problems.add(place, term, "a column: only tables of the format iceberg have transforms");
            return;
        }
        var found = columns.get(column);
        var types = isIceberg ? TYPES.get(transform) : PROJECTED;
        if (found != null && !types.contains(found.type().replaceFirst("\\(.*", ""))) {
            problems.add(
                    place, term, "of a column of type %s, not %s".formatted(String.join(", ", types), found.type()));
        }
    }
}
