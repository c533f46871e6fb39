package dataprep.recipe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Collects the problems of a recipe that its schema cannot find; each names the path, the invalid value and the rule.
 */
final class RecipeProblems {
    /** https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html */
    private static final int MOST_COMMENT_BYTES = 255;

    private final List<String> found = new ArrayList<>();
    private final Map<String, Set<String>> references = new TreeMap<>();
    private final boolean withExpressions;

    /**
     * @param withExpressions whether SQL expressions are also checked; Spark's grammar takes some time to load
     */
    RecipeProblems(boolean withExpressions) {
        this.withExpressions = withExpressions;
    }

    void add(String place, Object got, String allowed) {
        found.add("%s: invalid value '%s'; must be %s".formatted(place, got, allowed));
    }

    /** Checks that a name is one of the given names. */
    void unknown(String place, String got, String kind, Set<String> known) {
        add(place, got, "a %s: %s".formatted(kind, known.stream().sorted().collect(Collectors.joining(", "))));
    }

    void referToColumns(String place, Collection<String> names, Map<String, Column> columns) {
        names.stream()
                .filter(name -> !columns.containsKey(name))
                .forEach(name -> unknown(place, name, "column", columns.keySet()));
    }

    /** Checks that columns exist and that their values distinguish rows. */
    void referToKeys(String place, Collection<String> names, Map<String, Column> columns) {
        referToColumns(place, names, columns);
        names.stream()
                .filter(name -> columns.containsKey(name) && columns.get(name).isMasked())
                .forEach(name -> add(place, name, "a column that is not masked, as all its values become equal"));
    }

    /** Checks that columns and the columns that they are compared with exist and have matching types. */
    void compare(String place, Map<String, String> on, Map<String, Column> ours, Map<String, Column> theirs) {
        referToKeys(place, on.keySet(), ours);
        referToKeys(place, on.values(), theirs);
        on.forEach((here, there) -> {
            var left = ours.get(here);
            var right = theirs.get(there);
            if (left != null && right != null && !left.comparesWith(right)) {
                add(
                        place + "." + here,
                        there,
                        "a column of a type that compares exactly with %s, not %s"
                                .formatted(left.type(), right.type()));
            }
        });
    }

    void expression(String place, String text, Map<String, Column> columns) {
        if (!withExpressions) {
            return;
        }
        var expression = SqlExpression.parse(text);
        references.put(text, expression.columns());
        expression.problems().forEach(problem -> found.add("%s: '%s': %s".formatted(place, text, problem)));
        referToColumns(place, expression.columns(), columns);
    }

    /** The columns that each checked expression refers to; empty without the check of expressions. */
    Map<String, Set<String>> references() {
        return references;
    }

    List<String> found() {
        return found;
    }

    /** Checks a column's description, whose length the schema limits in characters and Glue in bytes. */
    void describe(String place, String description) {
        if (description != null && description.getBytes(StandardCharsets.UTF_8).length > MOST_COMMENT_BYTES) {
            add(place, description, "at most %d bytes in UTF-8".formatted(MOST_COMMENT_BYTES));
        }
    }

    void throwIfAny() throws RecipeException {
        if (!found.isEmpty()) {
            throw new RecipeException(found);
        }
    }
}
