package dataprep.recipe;

import dataprep.recipe.ColumnLineage.Field;
import dataprep.recipe.ColumnLineage.Fields;
import dataprep.recipe.ColumnLineage.Transformation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Follows the columns of a valid recipe's sources through its steps, as {@link OutputColumns} follows their types. */
final class LineageSteps {
    private final Map<String, SourceTable> sources;
    private final Function<String, Set<String>> references;
    private final Fields dataset = new Fields();

    /**
     * @param references the columns that an expression refers to
     */
    LineageSteps(Map<String, SourceTable> sources, Function<String, Set<String>> references) {
        this.sources = sources;
        this.references = references;
    }

    ColumnLineage of(Dataset recipe) {
        var columns = columnsOf(recipe.from());
        recipe.steps().forEach(step -> apply(step, columns));
        return ColumnLineage.of(columns, dataset);
    }

    private Map<String, Fields> columnsOf(String source) {
        var columns = new LinkedHashMap<String, Fields>();
        for (var column : sources.get(source).columns()) {
            var effect = column.changesValues() ? Transformation.TRANSFORMATION : Transformation.IDENTITY;
            columns.put(column.name(), new Fields().add(new Field(source, column.origin()), effect));
        }
        return columns;
    }

    private void apply(Step step, Map<String, Fields> columns) {
        if (step.filter() != null) {
            concernAll(references.apply(step.filter()), columns, Transformation.FILTER);
        } else if (step.dedupe() != null) {
            concernAll(step.dedupe().by(), columns, Transformation.GROUP_BY);
            concernAll(step.dedupe().orderBy(), columns, Transformation.SORT);
        } else if (step.derive() != null) {
            step.derive().forEach(computed -> columns.put(computed.name(), derived(computed.expression(), columns)));
        } else if (step.join() != null) {
            join(step.join(), columns);
        } else if (step.aggregate() != null) {
            aggregate(step.aggregate(), columns);
        } else if (step.pivot() != null) {
            pivot(step.pivot(), columns);
        } else {
            select(step.select(), columns);
        }
    }

    private void concernAll(Collection<String> names, Map<String, Fields> columns, Transformation effect) {
        dataset.addAll(ColumnLineage.named(names, columns), effect);
    }

    /** An expression that is only the name of a column copies it. */
    private Fields derived(String expression, Map<String, Fields> columns) {
        var name = expression.strip().replace("`", "").toLowerCase(Locale.ROOT);
        return columns.containsKey(name)
                ? computed(Set.of(name), columns, Transformation.IDENTITY)
                : computed(references.apply(expression), columns, Transformation.TRANSFORMATION);
    }

    private static Fields computed(Collection<String> names, Map<String, Fields> columns, Transformation effect) {
        return new Fields().addAll(ColumnLineage.named(names, columns), effect);
    }

    private void join(Step.Join join, Map<String, Fields> columns) {
        var theirs = columnsOf(join.source());
        concernAll(join.on().keySet(), columns, Transformation.JOIN);
        concernAll(join.on().values(), theirs, Transformation.JOIN);
        join.columns().forEach((name, from) -> columns.put(name, theirs.get(from)));
    }

    private void aggregate(Step.Aggregate aggregate, Map<String, Fields> columns) {
        var before = group(aggregate.by(), columns);
        aggregate.measures().forEach(measure -> columns.put(measure.name(), measure(measure.expression(), before)));
    }

    private void pivot(Step.Pivot pivot, Map<String, Fields> columns) {
        var before = group(pivot.by(), columns);
        var condition = ColumnLineage.named(List.of(pivot.column()), before).toList();
        for (var name : pivot.columns().keySet()) {
            var measure = measure(pivot.measure().expression(), before);
            columns.put(name, measure.addAll(condition.stream(), Transformation.CONDITIONAL));
        }
    }

    /** Leaves only the columns of the groups; returns all that there were. */
    private Map<String, Fields> group(List<String> by, Map<String, Fields> columns) {
        var before = new LinkedHashMap<>(columns);
        concernAll(by, columns, Transformation.GROUP_BY);
        columns.keySet().retainAll(by);
        return before;
    }

    private Fields measure(String expression, Map<String, Fields> columns) {
        return computed(references.apply(expression), columns, Transformation.AGGREGATION);
    }

    private static void select(List<String> names, Map<String, Fields> columns) {
        var before = new LinkedHashMap<>(columns);
        columns.clear();
        names.forEach(name -> columns.put(name, before.get(name)));
    }
}
