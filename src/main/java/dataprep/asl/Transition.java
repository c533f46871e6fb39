package dataprep.asl;

import java.util.Set;

/**
 * A way out of a state.
 *
 * @param field the field that says so, such as {@code Catch[0].Next}
 * @param target the next state's name; null at the end, or if the field is missing
 * @param label what must be the case for this way to be taken; empty for the ordinary way
 * @param assigned the variables that the state assigns when it is left this way
 */
public record Transition(String field, String target, Kind kind, String label, Set<String> assigned) {

    /** Why an execution goes this way. */
    public enum Kind {
        NEXT,
        CHOICE,
        CATCH,
        /** The scope's execution ends here. */
        END
    }

    static final Transition TO_END = new Transition("End", null, Kind.END, "", Set.of());

    boolean ends() {
        return kind == Kind.END;
    }

    /** The path of another field beside the one that names the target. */
    String beside(String other) {
        return field.substring(0, field.lastIndexOf('.') + 1) + other;
    }
}
