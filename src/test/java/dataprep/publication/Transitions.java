package dataprep.publication;

import dataprep.publication.Simulator.Reached;
import java.util.List;
import java.util.function.Supplier;

/** What can happen next in a state of the model. */
final class Transitions {
    /** Gets each following state, with what a trace says about it. */
    interface Visitor {
        void visit(World next, Supplier<String> event);
    }

    private final Simulator simulator;
    private final Executions executions;

    Transitions(Simulator simulator) {
        this.simulator = simulator;
        this.executions = simulator.executions;
    }

    void from(World world, Visitor visitor) {
        for (int i = 0; i < world.lates(); i++) {
            land(world, i, visitor);
        }
        for (int i = 0; i < world.executions(); i++) {
            var execution = executions.get(world.execution(i));
            if (execution.status().equals(Execution.NEW)) {
                begin(world, i, visitor);
            } else if (execution.status().equals(Execution.RUNNING)) {
                for (int call = 0; call < executions.calls(world.execution(i)).size(); call++) {
                    new CallTransitions(simulator, world, i, call).visit(visitor);
                }
                abort(world, i, visitor);
            } else if (execution.frame() != null && world.allows(World.REDRIVE)) {
                var reached = simulator.settle(world.store(), executions.redrive(world.execution(i)));
                visitor.visit(world.spending(World.REDRIVE).with(reached, i), () -> execution.name() + " is redriven");
            }
        }
    }

    private void land(World world, int late, Visitor visitor) {
        int request = world.late(late);
        var result = simulator.services.call(world.store(), request);
        var landed = world.landed(late, result.store());
        visitor.visit(
                landed,
                () -> "late effect: "
                        + simulator.services.requests.value(request).describe()
                        + CallTransitions.ending(simulator.services.outcomes.value(result.outcome())));
    }

    /** Of runs that differ in nothing but their names, the first begins first. */
    private void begin(World world, int index, Visitor visitor) {
        var execution = executions.get(world.execution(index));
        for (int i = 0; i < index; i++) {
            var earlier = executions.get(world.execution(i));
            if (earlier.status().equals(Execution.NEW) && earlier.input().equals(execution.input())) {
                return;
            }
        }
        var reached = simulator.begin(world.store(), world.execution(index));
        visitor.visit(world.with(reached, index), () -> execution.name() + " starts " + execution.input());
    }

    private void abort(World world, int index, Visitor visitor) {
        if (!world.allows(World.ABORT)) {
            return;
        }
        int number = world.execution(index);
        var aborted = new Reached(world.store(), executions.abort(number, world.allows(World.REDRIVE)));
        var after = world.spending(World.ABORT).with(aborted, index);
        var name = executions.get(number).name();
        var calls = executions.calls(number);
        visitor.visit(after, () -> name + " is aborted in " + states(calls));
        for (var call : calls) {
            if (!call.request().changesNothing()) {
                int request = call.number();
                var done = simulator.services.call(world.store(), request);
                if (simulator.services.outcomes.value(done.outcome()).succeeded()) {
                    var effected =
                            world.spending(World.ABORT).with(new Reached(done.store(), aborted.execution()), index);
                    visitor.visit(
                            effected,
                            () -> name + " is aborted in " + call.state() + ", after the effect of "
                                    + call.request().describe());
                }
                if (world.allows(World.LATE)) {
                    visitor.visit(
                            after.inFlight(
                                    request,
                                    Clock.issuer(index, executions.get(number).redrives())),
                            () -> name + " is aborted in " + call.state() + ", in flight: "
                                    + call.request().describe());
                }
            }
        }
    }

    private static String states(List<Call> calls) {
        return String.join(" and ", calls.stream().map(Call::state).toList());
    }
}
