package dataprep.publication;

import dataprep.publication.Simulator.Reached;
import dataprep.publication.Transitions.Visitor;
import java.util.Arrays;

/**
 * How one call can end: as the service answers, with a fault before or after its effect, or given up while in flight.
 *
 * <p>A retry after a call that had no effect is no transition: nothing tells it from a first try that comes later. Of
 * an outage that outlasts all retries, only the end is one.
 */
final class CallTransitions {
    private final Simulator simulator;
    private final World world;
    private final int index;
    private final int position;
    private final Call call;
    private final Services.Result result;
    private final Outcome outcome;

    CallTransitions(Simulator simulator, World world, int index, int position) {
        this.simulator = simulator;
        this.world = world;
        this.index = index;
        this.position = position;
        this.call = simulator.executions.calls(world.execution(index)).get(position);
        this.result = simulator.services.call(world.store(), call, () -> simulator.described(world));
        this.outcome = simulator.services.outcomes.value(result.outcome());
    }

    void visit(Visitor visitor) {
        if (call.request().isWait() && isLateEffectAwaited()) {
            return;
        }
        if (outcome.succeeded()) {
            visitor.visit(ended(world, result.store(), result.outcome()), () -> line(ending(outcome)));
        } else {
            fail(world, world.store(), result.outcome(), ending(outcome), visitor);
        }
        if (simulator.isImmediate(call.request()) || call.request().isWait()) {
            return;
        }
        boolean effective = !call.request().changesNothing() && outcome.succeeded();
        if (world.allows(World.FAULT)) {
            var after = world.spending(World.FAULT);
            fail(after, world.store(), number(Services.transientError(call.request())), " → fails", visitor);
            if (effective) {
                loseAnswer(after, visitor);
            }
        }
        if (world.allows(World.LATE) && !call.request().changesNothing()) {
            giveUp(world, ErrorHandlers.TIMEOUT, " → times out, in flight", visitor);
            giveUp(world, Services.lostAnswer(call.request()), " → connection lost, in flight", visitor);
        }
    }

    private boolean isLateEffectAwaited() {
        for (int i = 0; i < world.lates(); i++) {
            if (Clock.isAwaited(call.request(), issuer(), world.issuer(i))) {
                return true;
            }
        }
        return false;
    }

    private int issuer() {
        return Clock.issuer(
                index, simulator.executions.get(world.execution(index)).redrives());
    }

    /** A job that was started runs on: its effect comes later. */
    private void loseAnswer(World after, Visitor visitor) {
        var lost = Services.lostAnswer(call.request());
        if (call.request().action().equals("glue:startJobRun.sync")) {
            if (after.allows(World.LATE)) {
                giveUp(after, lost, " → started, answer lost", visitor);
            }
            return;
        }
        if (call.isRetriedAfter(lost)) {
            var reached = new Reached(result.store(), simulator.executions.retry(world.execution(index), position));
            visitor.visit(after.with(reached, index), () -> line(" → ok, answer lost, will be retried"));
        }
        fail(after, result.store(), number(lost), " → ok, answer lost, no retry left", visitor);
    }

    private void giveUp(World from, String error, String text, Visitor visitor) {
        var after = from.inFlight(call.number(), issuer());
        if (call.isRetriedAfter(error)) {
            var retried = new Reached(world.store(), simulator.executions.retry(world.execution(index), position));
            visitor.visit(after.with(retried, index), () -> line(text + ", will be retried"));
        }
        fail(after, world.store(), number(error), text, visitor);
    }

    /** Other branches of a Parallel that fails are given up, too. */
    private void fail(World from, int store, int failure, String text, Visitor visitor) {
        var after = ended(from, store, failure);
        visitor.visit(after, () -> line(text));
        if (!from.allows(World.LATE)) {
            return;
        }
        for (var other : simulator.executions.calls(world.execution(index))) {
            if (other != call && !other.request().changesNothing() && !waitsFor(after, other)) {
                visitor.visit(
                        after.inFlight(other.number(), issuer()),
                        () -> line(text + ", in flight: " + other.request().describe()));
            }
        }
    }

    private boolean waitsFor(World after, Call other) {
        return simulator.executions.calls(after.execution(index)).stream()
                .anyMatch(still -> Arrays.equals(still.path(), other.path()) && still.number() == other.number());
    }

    private World ended(World from, int store, int with) {
        int execution = simulator.executions.end(world.execution(index), position, with);
        return from.with(simulator.settle(store, execution), index);
    }

    private int number(String error) {
        return simulator.services.outcomes.number(Outcome.failed(error, "injected"));
    }

    private String line(String end) {
        var name = simulator.executions.get(world.execution(index)).name();
        return name + " " + call.state() + ": " + call.request().describe() + end;
    }

    static String ending(Outcome outcome) {
        if (!outcome.succeeded()) {
            return " → " + outcome.failure().error() + " " + outcome.failure().cause();
        }
        var etag = outcome.result().path("ETag").asText();
        var status = outcome.result().path("Status").asText();
        return " → ok " + etag + status;
    }
}
