package dataprep.asl;

/** A state that goes on to another, or ends the execution of its scope. */
interface StateWithEnd<S> extends StateWithNext<S> {

    default S end() {
        return stateOutput(stateOutput().toEnd());
    }
}
