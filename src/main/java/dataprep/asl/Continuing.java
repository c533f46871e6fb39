package dataprep.asl;

/** What names the state that comes next. */
interface Continuing<S> extends Assigning<S> {

    default S next(String state) {
        return exit(exit().to(state));
    }
}
