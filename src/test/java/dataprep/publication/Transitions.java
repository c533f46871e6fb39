package dataprep.publication;

import java.util.function.Supplier;

/** The transitions from a state of the model. */
final class Transitions {
    /** Receives each next state with its text for the trace. */
    interface Visitor {
        void visit(World next, Supplier<String> event);
    }

    private final Simulator simulator;
    private final Executions executions;
    private final Moves moves;

    Transitions(Simulator simulator, boolean redrives) {
        this.simulator = simulator;
        this.executions = simulator.executions;
        this.moves = new Moves(simulator, redrives);
    }

    void from(World world, Visitor visitor) {
        for (int i = 0; i < world.lates(); i++) {
            land(world, i, visitor);
        }
        for (int i = 0; i < world.executions(); i++) {
            var execution = executions.get(world.execution(i));
            if (execution.status().equals(ModelExecution.NEW) && !isNext(world, i)) {
                continue;
            }
            int issuer = Clock.issuer(i, execution.redrives());
            for (var move : moves.of(world, i)) {
                if (world.allows(move.spends()) && !(move.waited() != null && isAwaited(world, move.waited(), i))) {
                    visitor.visit(world.after(move, i, issuer, waits(move)), move.event());
                }
            }
        }
    }

    private boolean waits(Move move) {
        return executions.calls(move.execution()).stream()
                .map(Call::request)
                .anyMatch(request -> request.isWait() && Clock.isLong(request));
    }

    private void land(World world, int late, Visitor visitor) {
        int request = world.late(late);
        var result = simulator.services.call(world.store(), request);
        visitor.visit(
                world.landed(late, result.store()),
                () -> "late effect: "
                        + simulator.services.requests.value(request).describe()
                        + CallMoves.ending(simulator.services.outcomes.value(result.outcome())));
    }

    /** Symmetry reduction: of runs that differ only in their names, the first starts first. */
    private boolean isNext(World world, int index) {
        var input = executions.get(world.execution(index)).input();
        for (int i = 0; i < index; i++) {
            var earlier = executions.get(world.execution(i));
            if (earlier.status().equals(ModelExecution.NEW) && earlier.input().equals(input)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAwaited(World world, Request wait, int waiting) {
        for (int i = 0; i < world.lates(); i++) {
            if (Clock.isAwaited(wait, world, waiting, i)) {
                return true;
            }
        }
        return false;
    }
}
