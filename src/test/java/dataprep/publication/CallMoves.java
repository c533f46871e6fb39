package dataprep.publication;

import dataprep.publication.Simulator.Reached;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The possible ends of a call: a response, a fault before or after its effect, or abandoned while in flight.
 *
 * <p>A retry after a call without effect is not a move: it equals a first attempt that comes later. Of an outage that
 * outlasts all retries, only the end is a move.
 */
final class CallMoves {
    private final Simulator simulator;
    private final Executions executions;
    private final int store;
    private final int execution;
    private final int position;
    private final Call call;
    private final Services.Result result;
    private final CallResult outcome;
    private final List<Move> moves;

    /**
     * @param result of the call without a fault
     */
    CallMoves(Simulator simulator, Reached from, int position, Services.Result result, List<Move> moves) {
        this.simulator = simulator;
        this.executions = simulator.executions;
        this.store = from.store();
        this.execution = from.execution();
        this.position = position;
        this.call = executions.calls(execution).get(position);
        this.result = result;
        this.outcome = simulator.services.outcomes.value(result.outcome());
        this.moves = moves;
    }

    void add() {
        if (call.request().isWait()) {
            moves.add(Move.to(ended(store, result.outcome()), 0, line("")).after(call.request()));
            return;
        }
        if (outcome.succeeded()) {
            moves.add(Move.to(ended(result.store(), result.outcome()), 0, line(ending(outcome))));
        } else {
            fail(store, result.outcome(), 0, ending(outcome));
        }
        if (!simulator.isImmediate(call.request())) {
            addFaults();
        }
    }

    private void addFaults() {
        boolean changes = !call.request().changesNothing();
        fail(store, failure(Services.transientError(call.request())), World.FAULT, " → fails");
        var lost = Services.lostAnswer(call.request());
        boolean startsJob = call.request().action().startsWith("glue:startJobRun");
        if (changes && outcome.succeeded() && !startsJob) {
            loseAnswer(lost, " → ok, response lost");
            loseAnswer(Services.transientError(call.request()), " → ok, but reported as an error");
        }
        if (changes) {
            giveUp(ErrorHandlers.TIMEOUT, " → times out, in flight");
            giveUp(lost, " → connection lost, in flight");
        }
    }

    private void loseAnswer(String error, String text) {
        if (call.isRetriedAfter(error)) {
            var retried = new Reached(result.store(), executions.retry(execution, position));
            moves.add(Move.to(retried, World.FAULT, line(text + ", will be retried")));
        }
        fail(result.store(), failure(error), World.FAULT, text + ", no retry left");
    }

    private void giveUp(String error, String text) {
        if (call.isRetriedAfter(error)) {
            var retried = new Reached(store, executions.retry(execution, position));
            moves.add(Move.to(retried, 0, null).leaving(call.number(), line(text + ", will be retried")));
        }
        moves.add(Move.to(ended(store, failure(error)), 0, null).leaving(call.number(), line(text)));
    }

    /** Other branches of a failed Parallel are also aborted. */
    private void fail(int left, int failure, int spends, String text) {
        var move = Move.to(ended(left, failure), spends, line(text));
        moves.add(move);
        for (var other : executions.calls(execution)) {
            if (other != call && !other.request().changesNothing() && !waitsFor(move.execution(), other)) {
                var inFlight = line(text + ", in flight: " + other.request().describe());
                moves.add(move.leaving(other.number(), inFlight));
            }
        }
    }

    private boolean waitsFor(int after, Call other) {
        return executions.calls(after).stream()
                .anyMatch(still -> Arrays.equals(still.path(), other.path()) && still.number() == other.number());
    }

    private Reached ended(int left, int with) {
        return simulator.settle(left, executions.end(execution, position, with));
    }

    private int failure(String error) {
        return simulator.services.outcomes.number(CallResult.failed(error, "injected"));
    }

    private Supplier<String> line(String end) {
        return () -> "%s %s: %s%s"
                .formatted(
                        executions.get(execution).name(),
                        call.state(),
                        call.request().describe(),
                        end);
    }

    static String ending(CallResult outcome) {
        if (!outcome.succeeded()) {
            return " → " + outcome.failure().error() + " " + outcome.failure().cause();
        }
        var etag = outcome.result().path("ETag").asText();
        var status = outcome.result().path("Status").asText();
        return " → ok " + etag + status;
    }
}
