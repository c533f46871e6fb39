package dataprep.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * Translates the properties of a resource to CloudFormation: each under its own name with a capital letter, or at the
 * path of its rule.
 *
 * <p>A rule's key is the path of a property, without the positions in lists. Its value is the path in CloudFormation,
 * from the object that the property is in: {@code A.B} is in an object, {@code A[]} in a list, {@code .} for what
 * an object holds one level up. The words {@code as conversion} may follow, see {@link Conversion}.
 */
record Translation(Map<String, String> rules) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CONVERTED = " as ";
    private static final String LIST = "[]";

    /** The engine's markers of a secret and of an asset. */
    private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";

    private static final String SECRET = "https://secret.example.org/";

    ObjectNode of(ObjectNode inputs) {
        var properties = JSON.objectNode();
        translate("", inputs, properties);
        return properties;
    }

    private void translate(String path, JsonNode from, ObjectNode to) {
        from.properties().forEach(property -> {
            var own = path + property.getKey();
            var rule = rules.getOrDefault(own, capitalized(property.getKey())).split(CONVERTED);
            if (rule[0].equals(".")) {
                translate(own + ".", property.getValue(), to);
            } else {
                var value = rule.length == 2
                        ? Conversion.valueOf(rule[1].toUpperCase(Locale.ROOT)).apply(property.getValue())
                        : value(own, property.getValue());
                put(to, rule[0], value);
            }
        });
    }

    private JsonNode value(String path, JsonNode value) {
        if (value.path("ciphertext").isTextual() && value.has(SIGNATURE)) {
            return JSON.textNode(SECRET);
        }
        if (value.isArray()) {
            var list = JSON.arrayNode();
            value.forEach(element -> list.add(value(path, element)));
            return list;
        }
        if (value.isObject()) {
            var object = JSON.objectNode();
            translate(path + ".", value, object);
            return object;
        }
        return value;
    }

    /** Sets a value at a path; appends to a list in the path. */
    static void put(ObjectNode to, String path, JsonNode value) {
        var dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var nested = value;
        if (dot >= 0) {
            var inside = name.endsWith(LIST) ? JSON.objectNode() : to.withObjectProperty(name);
            put(inside, path.substring(dot + 1), value);
            nested = inside;
        }
        if (name.endsWith(LIST)) {
            to.withArrayProperty(name.substring(0, name.length() - LIST.length()))
                    .add(nested);
        } else if (to.get(name) instanceof ObjectNode present && nested instanceof ObjectNode more) {
            present.setAll(more);
        } else {
            to.set(name, nested);
        }
    }

    static ArrayNode entries(JsonNode map, String key, String value) {
        var list = JSON.arrayNode();
        map.properties()
                .forEach(entry -> list.addObject().put(key, entry.getKey()).set(value, entry.getValue()));
        return list;
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
