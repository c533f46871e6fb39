package dataprep.publication;

import java.util.function.Supplier;

/**
 * What one execution can do next, in whatever state the others are.
 *
 * @param store that it leaves
 * @param execution that it leaves
 * @param spends of the budget, as {@link World} counts it
 * @param late the request that is in flight from then on, or {@link #NONE}
 * @param waited the Wait that ends with it, or null
 * @param event as a trace has it
 */
record Move(int store, int execution, int spends, int late, Request waited, Supplier<String> event) {
    static final int NONE = -1;

    static Move to(Simulator.Reached reached, int spends, Supplier<String> event) {
        return new Move(reached.store(), reached.execution(), spends, NONE, null, event);
    }

    /** The same with a call in flight. */
    Move leaving(int request, Supplier<String> text) {
        return new Move(store, execution, spends + World.LATE, request, waited, text);
    }

    Move after(Request wait) {
        return new Move(store, execution, spends, late, wait, event);
    }
}
