package dataprep.asl;

/** A state that goes on to another, or ends the execution of its scope. */
interface Ending<S> extends Continuing<S> {

    default S end() {
        return exit(exit().toEnd());
    }
}
