package dataprep.cli.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two JSON documents value by value, by the paths of their values. */
final class JsonDiff {

    /**
     * @param before the old value as JSON, null if the value is new; {@code after} is null if it was removed
     */
    record Difference(String path, String before, String after) {}

    private JsonDiff() {}

    static List<Difference> differences(JsonNode before, JsonNode after) {
        var old = of(before);
        var current = of(after);
        var paths = new TreeSet<String>(Comparator.naturalOrder());
        paths.addAll(old.keySet());
        paths.addAll(current.keySet());
        var differences = new ArrayList<Difference>();
        for (var path : paths) {
            if (!java.util.Objects.equals(old.get(path), current.get(path))) {
                differences.add(new Difference(path, old.get(path), current.get(path)));
            }
        }
        return differences;
    }

    private static Map<String, String> of(JsonNode document) {
        var leaves = new TreeMap<String, String>();
        collect(document, "", leaves);
        return leaves;
    }

    private static void collect(JsonNode node, String path, Map<String, String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(entry -> collect(
                            entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), "%s[%d]".formatted(path, i), leaves);
            }
        } else if (!node.isMissingNode()) {
            leaves.put(path, node.toString());
        }
    }
}
