package dataprep.asl;

/** What can assign variables and hand on an output when it is left. */
interface AssigningState<S> {

    StateOutput stateOutput();

    S stateOutput(StateOutput stateOutput);

    /** Assigns a variable, which later states read by its name; the value is a template as in {@link Payload#of}. */
    default S assign(String variable, Object value) {
        return stateOutput(stateOutput().assign(variable, value));
    }

    /** Says what the next state gets as input; the value is a template as in {@link Payload#of}. */
    default S output(Object value) {
        return stateOutput(stateOutput().output(value));
    }
}
