package dataprep.asl;

/** A state that has a next state or ends its scope. */
interface StateWithEnd<S> extends StateWithNext<S> {

    default S end() {
        return stateOutput(stateOutput().toEnd());
    }
}
