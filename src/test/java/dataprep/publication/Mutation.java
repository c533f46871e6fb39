package dataprep.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A mutation of a definition that breaks one of its guards; fails if it changes nothing.
 *
 * <p>{@code Mutation.replace("/ClaimPublication/Arguments", "'IfMatch'", "'Ignored'")}; pointers begin at the states.
 */
interface Mutation extends UnaryOperator<JsonNode> {

    /** Replaces a text in the value at a pointer. */
    static Mutation replace(String pointer, String text, String by) {
        return on(pointer, (parent, field) -> {
            var value = parent.isArray() ? parent.get(Integer.parseInt(field)) : parent.get(field);
            var before = Interned.canonical(value);
            set(parent, field, ModelManifest.parse(before.replace(text, by)));
        });
    }

    /** Removes the value at a pointer. */
    static Mutation remove(String pointer) {
        return on(pointer, (parent, field) -> {
            if (parent instanceof ArrayNode array) {
                array.remove(Integer.parseInt(field));
            } else {
                ((ObjectNode) parent).remove(field);
            }
        });
    }

    /** Redirects a transition: the pointer is that of a {@code Next} or a {@code Default}. */
    static Mutation redirect(String pointer, String to) {
        return on(pointer, (parent, field) -> ((ObjectNode) parent).put(field, to));
    }

    /** Adds a rule to a Choice. */
    static Mutation addRule(String state, int position, String rule) {
        return changed(
                states -> ((ArrayNode) states.path(state).path("Choices")).insert(position, ModelManifest.parse(rule)));
    }

    /** Removes the rule of a Choice with this comment. */
    static Mutation removeRule(String state, String comment) {
        return changed(states -> {
            var rules = states.path(state).path("Choices");
            for (int i = rules.size() - 1; i >= 0; i--) {
                if (rules.get(i).path("Comment").asText().equals(comment)) {
                    ((ArrayNode) rules).remove(i);
                }
            }
            if (rules.isEmpty()) {
                ((ObjectNode) states.path(state))
                        .put("Type", "Pass")
                        .set("Next", states.path(state).path("Default"));
            }
        });
    }

    default Mutation and(Mutation other) {
        return definition -> other.apply(apply(definition));
    }

    interface Change {
        void of(JsonNode parent, String field);
    }

    private static Mutation on(String pointer, Change change) {
        return changed(states -> {
            int end = pointer.lastIndexOf('/');
            var parent = states.at(pointer.substring(0, end));
            var field = pointer.substring(end + 1);
            if (states.at(pointer).isMissingNode()) {
                throw new IllegalArgumentException("nothing at " + pointer);
            }
            change.of(parent, field);
        });
    }

    private static void set(JsonNode parent, String field, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(field), value);
        } else {
            ((ObjectNode) parent).set(field, value);
        }
    }

    private static Mutation changed(Consumer<ObjectNode> change) {
        return definition -> {
            JsonNode copy = definition.deepCopy();
            change.accept((ObjectNode) copy.path("States"));
            if (copy.equals(definition)) {
                throw new IllegalArgumentException("the mutation has no effect");
            }
            return copy;
        };
    }
}
