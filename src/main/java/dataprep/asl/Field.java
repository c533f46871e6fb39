package dataprep.asl;

import java.util.List;

/**
 * A field of a state that may hold expressions.
 *
 * @param name the field's path inside its state, such as {@code Catch[0].Assign.error}
 */
public record Field(String name, Payload value, Place place) {

    /** The fields of the reserved variable {@code $states} that exist where the field is evaluated. */
    public enum Place {
        /** Before the state's work: {@code input} and {@code context}. */
        ENTRY,
        /** For each item of a Map: also {@code context.Map}. */
        ITEM,
        /** After the state's work: also {@code result}. */
        RESULT,
        /** In a Catch: also {@code errorOutput}. */
        FAILURE
    }

    static List<Field> ifPresent(String name, Payload value, Place place) {
        return value == null ? List.of() : List.of(new Field(name, value, place));
    }
}
