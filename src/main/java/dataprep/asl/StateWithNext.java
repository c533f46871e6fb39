package dataprep.asl;

/** What names the state that comes next. */
interface StateWithNext<S> extends AssigningState<S> {

    default S next(String state) {
        return stateOutput(stateOutput().to(state));
    }
}
