package dataprep.publication;

import dataprep.publication.Simulator.Reached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The moves of an execution on a store, cached. */
final class Moves {
    private final Simulator simulator;
    private final Executions executions;
    private final boolean redrives;
    private final Map<Long, List<Move>> known = new HashMap<>();

    /**
     * @param redrives whether redrives are allowed; otherwise a stopped execution is final
     */
    Moves(Simulator simulator, boolean redrives) {
        this.simulator = simulator;
        this.executions = simulator.executions;
        this.redrives = redrives;
    }

    List<Move> of(World world, int index) {
        int store = world.store();
        int number = world.execution(index);
        boolean asksForOthers = executions.calls(number).stream()
                .anyMatch(call -> call.request().action().equals("sfn:describeExecution"));
        if (asksForOthers) {
            return find(world, new Reached(store, number));
        }
        long key = (long) store << 32 | number;
        var moves = known.get(key);
        if (moves == null) {
            moves = find(world, new Reached(store, number));
            known.put(key, moves);
        }
        return moves;
    }

    private List<Move> find(World world, Reached from) {
        var moves = new ArrayList<Move>();
        var execution = executions.get(from.execution());
        var name = execution.name();
        if (execution.status().equals(ModelExecution.NEW)) {
            var begun = simulator.begin(from.store(), from.execution());
            moves.add(Move.to(begun, 0, () -> name + " starts " + execution.input()));
        } else if (execution.status().equals(ModelExecution.RUNNING)) {
            var calls = executions.calls(from.execution());
            for (int i = 0; i < calls.size(); i++) {
                var result = simulator.services.call(from.store(), calls.get(i), () -> simulator.described(world));
                new CallMoves(simulator, from, i, result, moves).add();
            }
            abort(from, moves);
        } else if (execution.frame() != null && redrives) {
            var redriven = simulator.settle(from.store(), executions.redrive(from.execution()));
            moves.add(Move.to(redriven, World.REDRIVE, () -> name + " is redriven"));
        }
        return moves;
    }

    private void abort(Reached from, List<Move> moves) {
        var aborted = new Reached(from.store(), executions.abort(from.execution(), redrives));
        var text = executions.get(from.execution()).name() + " is aborted in ";
        var calls = executions.calls(from.execution());
        var states = String.join(" and ", calls.stream().map(Call::state).toList());
        var move = Move.to(aborted, World.ABORT, () -> text + states);
        moves.add(move);
        for (var call : calls) {
            if (call.request().changesNothing()) {
                continue;
            }
            var done = simulator.services.call(from.store(), call.number());
            var request = call.request().describe();
            if (simulator.services.outcomes.value(done.outcome()).succeeded()) {
                var effected = new Reached(done.store(), aborted.execution());
                moves.add(
                        Move.to(effected, World.ABORT, () -> text + call.state() + ", after the effect of " + request));
            }
            moves.add(move.leaving(call.number(), () -> text + call.state() + ", in flight: " + request));
        }
    }
}
