package dataprep.asl.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dataprep.asl.Field;
import dataprep.asl.Jsonata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A string of a template that is, or looks like, an expression.
 *
 * @param path inside its state, such as {@code Arguments.Payload.run_id}
 */
record JsonataExpression(String path, String string) {

    /** The strings of a field that begin or end with an expression delimiter. */
    static List<JsonataExpression> in(Field field) {
        List<JsonataExpression> found = new ArrayList<>();
        collect(field.name(), field.value().toTree(), found);
        return found;
    }

    private static void collect(String path, JsonNode node, List<JsonataExpression> found) {
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(path + "." + entry.getKey(), entry.getValue(), found));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "[" + i + "]", node.get(i), found);
            }
        } else if (node.isTextual()) {
            JsonataExpression expression = new JsonataExpression(path, node.textValue());
            if (expression.isOpened() || expression.isClosed()) {
                found.add(expression);
            }
        }
    }

    boolean isDelimited() {
        return isOpened() && isClosed() && string.length() >= Jsonata.OPENING.length() + Jsonata.CLOSING.length();
    }

    /** The expression without its delimiters. */
    String text() {
        return string.substring(Jsonata.OPENING.length(), string.length() - Jsonata.CLOSING.length())
                .strip();
    }

    /** The variables that it reads; none if it does not parse, which {@link ExpressionRules} reports. */
    Set<String> variables() {
        try {
            return isDelimited() ? References.of(text()).variables() : Set.of();
        } catch (JsonataAst.Malformed e) {
            return Set.of();
        }
    }

    private boolean isOpened() {
        return string.startsWith(Jsonata.OPENING);
    }

    private boolean isClosed() {
        return string.endsWith(Jsonata.CLOSING);
    }
}
