package dataprep.asl;

/** A state or transition that names the next state. */
interface StateWithNext<S> extends AssigningState<S> {

    default S next(String state) {
        return stateOutput(stateOutput().to(state));
    }
}
