package dataprep.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the data sets of a stack: one from the stack's own keys, or those that {@code datasets} lists. */
final class DatasetList {
    private static final String KEY = "datasets";
    /** The longest name of which all resource names that AWS limits to 64 characters can be made. */
    private static final int LONGEST_NAME = 32;
    /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
    private static final int LONGEST_STATE_MACHINE_NAME = 80;

    private static final int MOST = 40;

    private DatasetList() {}

    /** The data sets, each after those that it reads; empty if the reader has found problems in all of them. */
    static List<DatasetSettings> from(SettingsReader reader, String stack, int runTimeoutMinutes) {
        var items = reader.list(KEY, ObjectNode.class, "objects {recipe, sources, ...}");
        if (items.isEmpty()) {
            return DatasetSettings.from(reader, stack, true, runTimeoutMinutes).stream()
                    .toList();
        }
        if (items.size() > MOST) {
            reader.refuse(KEY, items.size() + " data sets", "at most %d data sets".formatted(MOST));
        }
        if (!reader.text("sources").equals("[]")) {
            reader.refuse("sources", reader.text("sources"), "unset with datasets, each of which has its own sources");
        }
        var graph = new DatasetGraph(reader, Duration.ofMinutes(runTimeoutMinutes));
        for (int i = 0; i < items.size(); i++) {
            var place = key(i);
            var own = reader.of(place, items.get(i), DatasetSettings.OWN_KEYS);
            if (!own.isOwn("recipe") || !own.isOwn("sources")) {
                reader.refuse(place, items.get(i), "an object with at least recipe and sources");
                continue;
            }
            DatasetSettings.from(own, stack, false, runTimeoutMinutes).ifPresent(dataset -> {
                checkNames(reader, place, dataset);
                graph.add(place, dataset);
            });
        }
        return graph.ordered();
    }

    /** All sources by their keys in the settings. */
    static Map<String, Source> sourcesByKey(List<DatasetSettings> datasets) {
        var sources = new TreeMap<String, Source>();
        for (var dataset : datasets) {
            var prefix = dataset.place().qualifier().isEmpty() ? "" : "data set %s: ".formatted(dataset.name());
            for (int i = 0; i < dataset.sources().size(); i++) {
                sources.put(
                        prefix + "sources[%d]".formatted(i), dataset.sources().get(i));
            }
        }
        return sources;
    }

    private static void checkNames(SettingsReader reader, String place, DatasetSettings dataset) {
        var name = dataset.name();
        if (name.length() > LONGEST_NAME) {
            reader.refuse(
                    place + ".recipe", name, "a recipe whose name has at most %d characters".formatted(LONGEST_NAME));
        }
        var machine = dataset.place().pipeline();
        if (machine.length() > LONGEST_STATE_MACHINE_NAME) {
            reader.refuse(
                    place + ".recipe",
                    name,
                    "a recipe whose name is so short that %s, its state machine, has at most %d characters"
                            .formatted(machine, LONGEST_STATE_MACHINE_NAME));
        }
    }

    private static String key(int index) {
        return "%s[%d]".formatted(KEY, index);
    }
}
