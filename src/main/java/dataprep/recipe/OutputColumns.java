package dataprep.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Follows a recipe's columns through its steps and collects what a schema cannot see: names that lead nowhere. */
final class OutputColumns {
    private final Map<String, SourceTable> sources;
    private final List<String> problems = new ArrayList<>();

    OutputColumns(Map<String, SourceTable> sources) {
        this.sources = sources;
        sources.forEach((name, source) -> columnsByName("$.sources." + name + ".columns", source.columns()));
    }

    List<Column> of(Dataset dataset) {
        var main = sources.get(dataset.from());
        if (main == null) {
            problems.add(unknown("$.dataset.from", dataset.from(), "source", sources.keySet()));
            return List.of();
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        main.columns().forEach(column -> columns.put(column.name(), column));
        for (int i = 0; i < dataset.steps().size(); i++) {
            apply(dataset.steps().get(i), "$.dataset.steps[%d]".formatted(i), columns);
        }
        return List.copyOf(columns.values());
    }

    void throwProblems() throws RecipeException {
        if (!problems.isEmpty()) {
            throw new RecipeException(problems);
        }
    }

    private void apply(Step step, String place, Map<String, Column> columns) {
        if (step.dedupe() != null) {
            refer(place + ".dedupe.by", step.dedupe().by(), columns);
        } else if (step.derive() != null) {
            step.derive().forEach(column -> add(place + ".derive", column, columns));
        } else if (step.join() != null) {
            join(step.join(), place + ".join", columns);
        } else if (step.aggregate() != null) {
            aggregate(step.aggregate(), place + ".aggregate", columns);
        } else if (step.select() != null) {
            refer(place + ".select", step.select(), columns);
            var before = new LinkedHashMap<>(columns);
            columns.clear();
            step.select().stream().filter(before::containsKey).forEach(name -> columns.put(name, before.get(name)));
        }
    }

    private void join(Step.Join join, String place, Map<String, Column> columns) {
        var other = sources.get(join.source());
        if (other == null) {
            problems.add(unknown(place + ".source", join.source(), "source", sources.keySet()));
            return;
        }
        var theirs = columnsByName(place, other.columns());
        refer(place + ".on", List.copyOf(join.on().keySet()), columns);
        refer(place + ".on", List.copyOf(join.on().values()), theirs);
        if (join.columns() != null) {
            join.columns().forEach((name, from) -> {
                refer(place + ".columns." + name, List.of(from), theirs);
                other.column(from).ifPresent(column -> add(place + ".columns", column.renamed(name), columns));
            });
        }
    }

    private void aggregate(Step.Aggregate aggregate, String place, Map<String, Column> columns) {
        refer(place + ".by", aggregate.by(), columns);
        columns.keySet().retainAll(aggregate.by());
        aggregate.measures().forEach(measure -> add(place + ".measures", measure, columns));
    }

    private void add(String place, Column column, Map<String, Column> columns) {
        if (columns.putIfAbsent(column.name(), column) != null) {
            problems.add("%s: got '%s', allowed is a name that no other column has".formatted(place, column.name()));
        }
    }

    private Map<String, Column> columnsByName(String place, List<Column> columns) {
        var byName = new LinkedHashMap<String, Column>();
        columns.forEach(column -> add(place, column, byName));
        return byName;
    }

    private void refer(String place, List<String> names, Map<String, Column> columns) {
        names.stream()
                .filter(name -> !columns.containsKey(name))
                .forEach(name -> problems.add(unknown(place, name, "column", columns.keySet())));
    }

    private static String unknown(String place, String got, String kind, java.util.Set<String> known) {
        return "%s: got '%s', allowed is a %s: %s"
                .formatted(place, got, kind, known.stream().sorted().collect(Collectors.joining(", ")));
    }
}
