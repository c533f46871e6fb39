package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A payload template: JSON in which a string of the form <code>{% ... %}</code> is an expression.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data</a>
 */
public final class Payload {

    private final JsonNode json;

    private Payload(JsonNode json) {
        this.json = json;
    }

    /**
     * A template from any tree that Jackson can write: a {@link Jsonata}, a string, number, boolean or null, a list, a
     * map or record of these. A map should have a stable order, such as LinkedHashMap; {@code Map.of} has none.
     */
    public static Payload of(Object tree) {
        return new Payload(Json.tree(tree).deepCopy());
    }

    /** An object with one field, to which {@link #and} adds others. */
    public static Payload with(String field, Object value) {
        return empty().and(field, value);
    }

    /** An object without fields. */
    public static Payload empty() {
        return new Payload(JsonNodeFactory.instance.objectNode());
    }

    /** Returns a copy of the object with a field added or replaced. */
    public Payload and(String field, Object value) {
        if (!json.isObject()) {
            throw new IllegalStateException("cannot add field '" + field + "' to " + json + ": it is not an object");
        }
        ObjectNode extended = json.deepCopy();
        extended.set(field, of(value).json);
        return new Payload(extended);
    }

    /** A copy as Jackson's tree. */
    @JsonValue
    public JsonNode toTree() {
        return json.deepCopy();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && json.equals(payload.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
