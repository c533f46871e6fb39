package dataprep.recipe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with a recipe beyond its form; each problem names its place, what stands there and what could. */
final class RecipeProblems {
    private final List<String> found = new ArrayList<>();
    private final boolean withExpressions;

    /** @param withExpressions whether SQL expressions are looked at, too: Spark's grammar takes some time to load */
    RecipeProblems(boolean withExpressions) {
        this.withExpressions = withExpressions;
    }

    void add(String place, Object got, String allowed) {
        found.add("%s: invalid value '%s'; must be %s".formatted(place, got, allowed));
    }

    /** A name that should be one of some. */
    void unknown(String place, String got, String kind, Set<String> known) {
        add(place, got, "a %s: %s".formatted(kind, known.stream().sorted().collect(Collectors.joining(", "))));
    }

    void referToColumns(String place, Collection<String> names, Map<String, Column> columns) {
        names.stream()
                .filter(name -> !columns.containsKey(name))
                .forEach(name -> unknown(place, name, "column", columns.keySet()));
    }

    /** Columns here, and columns there that they are compared with; both have to exist and their types to fit. */
    void compare(String place, Map<String, String> on, Map<String, Column> ours, Map<String, Column> theirs) {
        referToColumns(place, on.keySet(), ours);
        referToColumns(place, on.values(), theirs);
        on.forEach((here, there) -> {
            var left = ours.get(here);
            var right = theirs.get(there);
            if (left != null && right != null && !left.comparesWith(right)) {
                add(
                        place + "." + here,
                        there,
                        "a column of a type that compares with %s digit by digit, not %s"
                                .formatted(left.type(), right.type()));
            }
        });
    }

    void expression(String place, String text, Map<String, Column> columns) {
        if (!withExpressions) {
            return;
        }
        var expression = SqlExpression.parse(text);
        expression.problems().forEach(problem -> found.add("%s: '%s': %s".formatted(place, text, problem)));
        referToColumns(place, expression.columns(), columns);
    }

    void throwIfAny() throws RecipeException {
        if (!found.isEmpty()) {
            throw new RecipeException(found);
        }
    }
}
