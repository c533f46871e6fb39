package dataprep.settings;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The keys of an object of settings whose {@code type} decides which other keys it needs.
 *
 * @param needed the keys that must be set
 * @param optional the keys that may be set
 */
record KeysOfType(Set<String> needed, Set<String> optional) {

    /**
     * Checks the type, and the keys that depend on it.
     *
     * @param place of the object in the settings
     * @param given the keys that are set and depend on the type
     * @return whether the type is a valid one
     */
    static boolean check(
            SettingsReader reader,
            String place,
            String type,
            SortedMap<String, KeysOfType> types,
            Map<String, ?> given) {
        var keys = type == null ? null : types.get(type);
        if (keys == null) {
            reader.refuse(place + ".type", type, "one of " + String.join(", ", types.keySet()));
            return false;
        }
        keys.needed().stream()
                .filter(name -> !given.containsKey(name))
                .forEach(name -> reader.refuse(place + "." + name, "", "set with type " + type));
        given.forEach((name, value) -> {
            if (!keys.needed().contains(name) && !keys.optional().contains(name)) {
                reader.refuse(place + "." + name, value, "unset with type " + type);
            }
        });
        return true;
    }
}
