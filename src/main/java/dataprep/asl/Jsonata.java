package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A JSONata expression, which Step Functions evaluates when it enters or leaves a state. */
public record Jsonata(String expression) {

    /** The delimiter before an expression in a definition. */
    public static final String OPENING = "{%";

    /** The delimiter after an expression in a definition. */
    public static final String CLOSING = "%}";

    public Jsonata {
        if (expression.contains(OPENING) || expression.contains(CLOSING)) {
            throw new IllegalArgumentException(
                    "expression '" + expression + "' must be given without its delimiters " + OPENING + " " + CLOSING);
        }
    }

    /** An expression as written in JSONata, such as {@code $states.input.force}. */
    public static Jsonata of(String expression) {
        return new Jsonata(expression);
    }

    /** Concatenates literal texts and expressions; the texts may contain any quotes. */
    public static Jsonata text(Object... parts) {
        return new Jsonata(Arrays.stream(parts)
                .map(part -> part instanceof Jsonata inner ? "(" + inner.expression + ")" : quote(part.toString()))
                .collect(Collectors.joining(" & ")));
    }

    /** Returns a text as a JSONata string literal. */
    public static String quote(String text) {
        String json = Json.compact(text);
        // JSON inside JSON is readable in single quotes, but JSONata has no escape for a single quote.
        return text.contains("'") ? json : "'" + json.substring(1, json.length() - 1) + "'";
    }

    /** The expression as it is written in a definition, on one line. */
    @JsonValue
    @Override
    public String toString() {
        return OPENING + " " + SingleLineExpression.of(expression) + " " + CLOSING;
    }
}
