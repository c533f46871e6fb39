package dataprep.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.pulumi.exceptions.RunException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a stack's configuration and collects all problems for one message.
 *
 * <p>Pulumi.yaml has the defaults, which the engine fills in, and the descriptions; this class has the rules.
 */
final class SettingsReader {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Configuration config;
    private final Set<String> known;
    private final Set<String> problems;
    /** The place of the item that this reader reads, and the item's own settings; empty for the stack's reader. */
    private final String place;

    private final Map<String, JsonNode> own;

    SettingsReader(Configuration config) {
        this(config, new TreeSet<>(), new LinkedHashSet<>(), "", Map.of());
    }

    private SettingsReader(
            Configuration config, Set<String> known, Set<String> problems, String place, Map<String, JsonNode> own) {
        this.config = config;
        this.known = known;
        this.problems = problems;
        this.place = place;
        this.own = own;
    }

    /**
     * A reader of one item of a list, whose settings take precedence over the stack's.
     *
     * @param keys that the item may have
     */
    SettingsReader of(String place, ObjectNode item, List<String> keys) {
        var settings = new TreeMap<String, JsonNode>();
        item.properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
        var reader = new SettingsReader(config, known, problems, place + ".", settings);
        settings.keySet().stream()
                .filter(key -> !keys.contains(key))
                .forEach(key -> problems.add("%s:%s.%s: unknown key; must be one of %s"
                        .formatted(config.project(), place, key, String.join(", ", keys))));
        return reader;
    }

    /** Whether the item has this setting itself; for the stack's reader, never. */
    boolean isOwn(String key) {
        return own.containsKey(key);
    }

    /** Whether the item has the stack's value; for the stack's reader, never. */
    boolean inherits(String key) {
        return !place.isEmpty() && !isOwn(key);
    }

    String text(String key) {
        known.add(key);
        if (!own.containsKey(key)) {
            return config.get(key).orElse("");
        }
        var value = own.get(key);
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    int integer(String key, int least, int most) {
        var text = text(key);
        try {
            var value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        refuse(key, text, range(least, most));
        return least;
    }

    int integer(String key, List<Integer> allowed) {
        var value = integer(key, allowed.get(0), allowed.get(allowed.size() - 1));
        if (!allowed.contains(value)) {
            refuse(key, value, "one of " + allowed);
        }
        return value;
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(oneOf(key, List.of("true", "false")));
    }

    String oneOf(String key, List<String> allowed) {
        var value = text(key);
        if (!allowed.contains(value)) {
            refuse(key, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    Optional<String> email(String key) {
        var address = text(key);
        if (!address.isEmpty() && !address.matches("[^@\\s]+@[^@\\s]+")) {
            refuse(key, address, "an e-mail address or unset");
        }
        return Optional.of(address).filter(text -> !text.isEmpty());
    }

    /** An https address that is a secret, so that a problem with it does not contain it. */
    Optional<String> secretAddress(String key) {
        var address = text(key);
        var isHttps = HttpsAddress.parse(address).isPresent();
        if (!address.isEmpty() && !isHttps) {
            refuse(key, "...", "an https:// address or unset");
        }
        return isHttps ? Optional.of(address) : Optional.empty();
    }

    <T> List<T> list(String key, Class<T> item, String shape) {
        var text = text(key);
        try {
            List<T> items =
                    JSON.readValue(text, TypeFactory.defaultInstance().constructCollectionType(List.class, item));
            return List.copyOf(items);
        } catch (JsonMappingException e) {
            refuseMapping(key, text, "a list of " + shape, e);
        } catch (JsonProcessingException | NullPointerException e) { // List.copyOf rejects null, as do all settings
            refuse(key, text, "a list of " + shape);
        }
        return List.of();
    }

    /** An object; empty if it is unset or invalid. */
    <T> Optional<T> object(String key, Class<T> type, String shape) {
        var text = text(key);
        if (text.isEmpty() || text.equals("{}")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(text, type));
        } catch (JsonMappingException e) {
            refuseMapping(key, text, shape, e);
        } catch (JsonProcessingException e) {
            refuse(key, text, shape);
        }
        return Optional.empty();
    }

    /** An unknown key or a value of another type, with its place within the setting. */
    private void refuseMapping(String key, String text, String shape, JsonMappingException error) {
        var place = new StringBuilder(key);
        var value = tree(text);
        for (var step : error.getPath()) {
            place.append(step.getFieldName() == null ? "[%d]".formatted(step.getIndex()) : "." + step.getFieldName());
            value = step.getFieldName() == null ? value.path(step.getIndex()) : value.path(step.getFieldName());
        }
        var found = value.isContainerNode() ? value.toString() : value.asText();
        if (error instanceof UnrecognizedPropertyException unknown) {
            var allowed =
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted();
            problems.add("%s: unknown key; must be one of %s"
                    .formatted(full(place.toString()), allowed.collect(Collectors.joining(", "))));
        } else if (error instanceof MismatchedInputException mismatch
                && !error.getPath().isEmpty()) {
            refuse(place.toString(), found, typeName(mismatch.getTargetType()));
        } else {
            refuse(key, text, shape);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String typeName(Class<?> type) {
        if (Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return List.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    /** Refuses a number that is set and out of range. */
    void refuseOutside(String key, Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            refuse(key, value, range(least, most));
        }
    }

    private static String range(int least, int most) {
        return "a whole number from %d to %d".formatted(least, most);
    }

    void refuse(String key, Object value, String allowed) {
        var found = value == null || "".equals(value) ? "is missing" : "invalid value '%s'".formatted(value);
        problems.add("%s: %s; must be %s".formatted(full(key), found, allowed));
    }

    /** The key with the project, and with the place of the item that has it. */
    private String full(String key) {
        var root = key.split("[.\\[]", 2)[0];
        return config.project() + ":" + (own.containsKey(root) ? place : "") + key;
    }

    void addProblem(String problem) {
        problems.add(problem);
    }

    /** Keys of this project's namespace that were not read are typing errors; the engine does not report them. */
    void refuseUnknown() {
        var prefix = config.project() + ":";
        config.keys().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add(
                        "%s%s: unknown key; must be one of %s".formatted(prefix, key, String.join(", ", known))));
    }

    /**
     * @throws RunException with all problems; the engine shows it without a stack trace
     */
    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new RunException(problems.stream()
                    .collect(Collectors.joining("\n  - ", "the stack's settings are invalid:\n  - ", "")));
        }
    }
}
