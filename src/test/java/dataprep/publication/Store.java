package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.lake.LakePaths;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The contents of S3 and the Glue catalog, and the history of the manifest; immutable.
 *
 * @param objects by key
 * @param table the catalog table's input and its number of updates
 * @param history of the manifest
 */
record Store(SortedMap<String, StoredObject> objects, Table table, ModelManifest.History history) {

    /**
     * An object of S3.
     *
     * @param written the number of earlier writes of the key, if ETags are unique; otherwise 0
     * @param old whether it existed before the runs of the model
     */
    record StoredObject(String body, int written, boolean old) {
        String etag() {
            return "\"%08x-%d\"".formatted(body.hashCode(), written);
        }
    }

    /** The table of the catalog. */
    record Table(JsonNode input, int version) {}

    static Store empty(JsonNode table) {
        return new Store(new TreeMap<>(), new Table(table, 0), ModelManifest.History.NONE);
    }

    Store with(String key, StoredObject object) {
        var changed = new TreeMap<>(objects);
        changed.put(key, object);
        return changed(key, changed);
    }

    Store without(String key) {
        var changed = new TreeMap<>(objects);
        changed.remove(key);
        return changed(key, changed);
    }

    Store with(Table updated) {
        return new Store(objects, updated, history);
    }

    private Store changed(String key, SortedMap<String, StoredObject> to) {
        var after = new Store(to, table, history);
        return key.equals(LakePaths.ROOT.manifest())
                ? new Store(to, table, history.after(ModelManifest.of(this), ModelManifest.of(after)))
                : after;
    }

    /** The same store a long time later. */
    Store aged() {
        var aged = new TreeMap<String, StoredObject>();
        objects.forEach((key, object) -> aged.put(key, new StoredObject(object.body(), object.written(), true)));
        return new Store(aged, table, ModelManifest.History.NONE);
    }

    static <T extends Comparable<T>> SortedSet<T> plus(SortedSet<T> set, T element) {
        var more = new TreeSet<>(set);
        more.add(element);
        return more;
    }
}
