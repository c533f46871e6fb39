package dataprep.recipe;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tracks a recipe's columns through its steps and reports what a schema cannot check: names of columns that do not
 * exist.
 */
final class OutputColumns {
    private static final String TAKEN = "a name that no other column has";

    private final Map<String, SourceTable> sources;
    private final RecipeProblems problems;

    OutputColumns(Map<String, SourceTable> sources, RecipeProblems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    Map<String, Column> of(Dataset dataset) {
        var main = sources.get(dataset.from());
        if (main == null) {
            problems.unknown("$.dataset.from", dataset.from(), "source", sources.keySet());
            return Map.of();
        }
        var columns = main.columnsByName();
        for (int i = 0; i < dataset.steps().size(); i++) {
            apply(dataset.steps().get(i), "$.dataset.steps[%d]".formatted(i), columns);
        }
        return columns;
    }

    private void apply(Step step, String place, Map<String, Column> columns) {
        if (step.filter() != null) {
            problems.expression(place + ".filter", step.filter(), columns);
        } else if (step.dedupe() != null) {
            problems.referToKeys(place + ".dedupe.by", step.dedupe().by(), columns);
            problems.referToColumns(place + ".dedupe.orderBy", step.dedupe().orderBy(), columns);
        } else if (step.derive() != null) {
            derive(step.derive(), place + ".derive", columns, columns);
        } else if (step.join() != null) {
            join(step.join(), place + ".join", columns);
        } else if (step.aggregate() != null) {
            aggregate(step.aggregate(), place + ".aggregate", columns);
        } else if (step.pivot() != null) {
            pivot(step.pivot(), place + ".pivot", columns);
        } else {
            select(step.select(), place + ".select", columns);
        }
    }

    private void derive(
            List<Step.Computed> computed, String place, Map<String, Column> from, Map<String, Column> columns) {
        for (int i = 0; i < computed.size(); i++) {
            var column = computed.get(i);
            problems.expression("%s[%d].expression".formatted(place, i), column.expression(), from);
            problems.describe("%s[%d].description".formatted(place, i), column.description());
            add("%s[%d].name".formatted(place, i), column.column(), columns);
        }
    }

    private void join(Step.Join join, String place, Map<String, Column> columns) {
        var other = sources.get(join.source());
        if (other == null) {
            problems.unknown(place + ".source", join.source(), "source", sources.keySet());
            return;
        }
        var theirs = other.columnsByName();
        problems.compare(place + ".on", join.on(), columns, theirs);
        if (join.type().equals("anti") && !join.columns().isEmpty()) {
            problems.add(place + ".columns", join.columns().keySet(), "unset: rows without a match have none");
            return;
        }
        join.columns().forEach((name, from) -> {
            problems.referToColumns(place + ".columns." + name, List.of(from), theirs);
            if (theirs.containsKey(from)) {
                add(place + ".columns", theirs.get(from).renamed(name), columns);
            }
        });
    }

    private void aggregate(Step.Aggregate aggregate, String place, Map<String, Column> columns) {
        problems.referToColumns(place + ".by", aggregate.by(), columns);
        var before = new LinkedHashMap<>(columns);
        columns.keySet().retainAll(aggregate.by());
        derive(aggregate.measures(), place + ".measures", before, columns);
    }

    private void pivot(Step.Pivot pivot, String place, Map<String, Column> columns) {
        problems.referToColumns(place + ".by", pivot.by(), columns);
        problems.referToColumns(place + ".column", List.of(pivot.column()), columns);
        problems.expression(place + ".measure.expression", pivot.measure().expression(), columns);
        problems.describe(place + ".measure.description", pivot.measure().description());
        if (columns.containsKey(pivot.column())) {
            pivotValues(pivot, place + ".columns.", columns.get(pivot.column()).type());
        }
        columns.keySet().retainAll(pivot.by());
        pivot.columns()
                .keySet()
                .forEach(name -> add(place + ".columns", pivot.measure().column(name), columns));
    }

    /** Checks that the values have the column's type and are distinct; 1 and 1.0 are the same value. */
    private void pivotValues(Step.Pivot pivot, String place, String type) {
        var seen = new HashSet<Object>();
        pivot.columns().forEach((name, node) -> {
            var text = Values.text(node);
            var value = Values.parse(type, text);
            if (value.isEmpty()) {
                problems.add(place + name, text, "a value of type %s, as that of %s".formatted(type, pivot.column()));
            } else if (!seen.add(
                    value.get() instanceof BigDecimal number ? number.stripTrailingZeros() : value.get())) {
                problems.add(place + name, text, "a value that no other column has");
            }
        });
    }

    private void select(List<String> names, String place, Map<String, Column> columns) {
        problems.referToColumns(place, names, columns);
        var before = new LinkedHashMap<>(columns);
        columns.clear();
        names.stream().filter(before::containsKey).forEach(name -> columns.put(name, before.get(name)));
    }

    private void add(String place, Column column, Map<String, Column> columns) {
        if (columns.putIfAbsent(column.name(), column) != null) {
            problems.add(place, column.name(), TAKEN);
        }
    }
}
