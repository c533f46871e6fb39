package dataprep.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks how the data sets of a stack depend on each other, and orders them: each after those that it reads. */
final class DatasetGraph {
    private final SettingsReader reader;
    private final Duration runTimeout;
    private final Map<String, DatasetSettings> byName = new LinkedHashMap<>();
    private final Map<String, String> keys = new HashMap<>();

    /**
     * @param runTimeout the longest time that a run takes
     */
    DatasetGraph(SettingsReader reader, Duration runTimeout) {
        this.reader = reader;
        this.runTimeout = runTimeout;
    }

    /**
     * @param key of the data set in the settings, such as {@code datasets[0]}
     */
    void add(String key, DatasetSettings dataset) {
        if (byName.putIfAbsent(dataset.name(), dataset) != null) {
            reader.refuse(key + ".recipe", dataset.name(), "a recipe whose name no other data set has");
            return;
        }
        keys.put(dataset.name(), key);
    }

    /** The data sets, each after those that it reads; without problems only if the reader has none. */
    List<DatasetSettings> ordered() {
        byName.values().forEach(this::checkTables);
        byName.values().forEach(this::checkSources);
        var ordered = new ArrayList<DatasetSettings>();
        var done = new HashSet<String>();
        byName.keySet().forEach(name -> visit(name, new ArrayList<>(), done, ordered));
        return ordered;
    }

    private void checkTables(DatasetSettings dataset) {
        var name = dataset.name();
        for (var suffix : DatasetSettings.TABLE_SUFFIXES) {
            if (name.endsWith(suffix) && byName.containsKey(name.substring(0, name.length() - suffix.length()))) {
                reader.refuse(
                        keys.get(name) + ".recipe",
                        name,
                        "a recipe whose name is not that of another data set's table");
            }
        }
    }

    private void checkSources(DatasetSettings dataset) {
        for (int i = 0; i < dataset.sources().size(); i++) {
            var source = dataset.sources().get(i);
            var key = "%s.sources[%d].uri".formatted(keys.get(dataset.name()), i);
            source.upstream().ifPresent(name -> {
                if (!byName.containsKey(name)) {
                    reader.refuse(key, source.uri(), "a data set of this stack: " + String.join(", ", byName.keySet()));
                } else {
                    var upstream = byName.get(name).recipe();
                    dataset.recipe().problemsOfReading(source.name(), upstream).forEach(reader::addProblem);
                }
            });
        }
    }

    /** Depth first; a data set that is met again on its own path closes a cycle. */
    private void visit(String name, List<String> path, Set<String> done, List<DatasetSettings> ordered) {
        if (path.contains(name)) {
            var cycle = new ArrayList<>(path.subList(path.indexOf(name), path.size()));
            cycle.add(name);
            reader.refuse(
                    keys.get(name) + ".sources",
                    String.join(" -> ", cycle),
                    "data sets that do not read each other in a circle");
            done.addAll(cycle);
        }
        if (done.contains(name)) {
            return;
        }
        path.add(name);
        byName.get(name).upstream().stream()
                .filter(byName::containsKey)
                .forEach(upstream -> visit(upstream, path, done, ordered));
        path.remove(name);
        if (done.add(name)) {
            ordered.add(withFreshness(byName.get(name), ordered));
        }
    }

    /**
     * A data set without a freshness of its own is as fresh as the least fresh of those that it reads, plus one run.
     */
    private DatasetSettings withFreshness(DatasetSettings dataset, List<DatasetSettings> ordered) {
        var upstream = ordered.stream()
                .filter(other -> dataset.upstream().contains(other.name()))
                .map(DatasetSettings::freshness)
                .toList();
        if (dataset.freshness().isPresent()
                || upstream.isEmpty()
                || upstream.stream().anyMatch(Optional::isEmpty)) {
            return dataset;
        }
        var longest = upstream.stream().flatMap(Optional::stream).max(Comparator.naturalOrder());
        return dataset.withFreshness(longest.map(age -> age.plus(runTimeout))
                .filter(age -> age.compareTo(OperationsSettings.MOST_FRESHNESS) <= 0));
    }
}
