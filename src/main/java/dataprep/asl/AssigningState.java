package dataprep.asl;

/** A state or transition that assigns variables and sets an output. */
interface AssigningState<S> {

    StateOutput stateOutput();

    S stateOutput(StateOutput stateOutput);

    /** Assigns a variable, which later states read by its name; the value is a template as in {@link Payload#of}. */
    default S assign(String variable, Object value) {
        return stateOutput(stateOutput().assign(variable, value));
    }

    /** Sets the input of the next state; the value is a template as in {@link Payload#of}. */
    default S output(Object value) {
        return stateOutput(stateOutput().output(value));
    }
}
