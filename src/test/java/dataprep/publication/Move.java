package dataprep.publication;

import java.util.function.Supplier;

/**
 * A possible next step of one execution, independent of the others.
 *
 * @param store after the move
 * @param execution after the move
 * @param spends of the fault budget, see {@link World}
 * @param late the request that is in flight afterwards, or {@link #NONE}
 * @param waited the Wait that ends with the move, or null
 * @param event for the trace
 */
record Move(int store, int execution, int spends, int late, Request waited, Supplier<String> event) {
    static final int NONE = -1;

    static Move to(Simulator.Reached reached, int spends, Supplier<String> event) {
        return new Move(reached.store(), reached.execution(), spends, NONE, null, event);
    }

    /** The same move with a call in flight. */
    Move leaving(int request, Supplier<String> text) {
        return new Move(store, execution, spends + World.LATE, request, waited, text);
    }

    Move after(Request wait) {
        return new Move(store, execution, spends, late, wait, event);
    }
}
