package dataprep.asl;

import java.util.Set;

/**
 * A transition from a state to the next one, or to the end of its scope.
 *
 * @param field the field that names the next state, such as {@code Catch[0].Next}
 * @param target the next state's name; null at the end, or if the field is missing
 * @param label the condition or the errors; empty for {@code Next}
 * @param assigned the variables that the state assigns on this transition
 */
public record Transition(String field, String target, Kind kind, String label, Set<String> assigned) {

    /** The kind of field that names the next state. */
    public enum Kind {
        NEXT,
        CHOICE,
        CATCH,
        /** The scope's execution ends here. */
        END
    }

    static final Transition TO_END = new Transition("End", null, Kind.END, "", Set.of());

    /** Whether the scope's execution ends with it. */
    public boolean ends() {
        return kind == Kind.END;
    }

    /** The path of another field of the object that names the target. */
    public String beside(String other) {
        return field.substring(0, field.lastIndexOf('.') + 1) + other;
    }
}
