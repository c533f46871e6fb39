package dataprep.asl.validation;

import dataprep.asl.Branch;
import dataprep.asl.LocatedState;
import dataprep.asl.Retry;
import dataprep.asl.State;
import dataprep.asl.StateGraph;
import dataprep.asl.StateMachine;
import dataprep.asl.Task;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long an execution can take at most. */
public final class TimeLimits {
    private TimeLimits() {}

    /** The paths of the tasks, or of the definition itself, that have no time limit. */
    public static List<String> missing(StateMachine machine) {
        var tasks = machine.everyState().stream()
                .filter(located -> located.state() instanceof Task task && task.timeoutSeconds() == null)
                .map(LocatedState::path);
        return machine.timeoutSeconds() == null
                ? Stream.concat(Stream.of("TimeoutSeconds"), tasks).toList()
                : tasks.toList();
    }

    /** The longest time that an execution can wait for its retries, on any path. */
    public static Duration longestWaits(StateMachine machine) {
        return Duration.ofSeconds(longest(machine.branch()));
    }

    private static long longest(Branch branch) {
        return StateGraph.of(branch)
                .greatestWeight(name -> waits(branch.states().get(name)));
    }

    /** The waits of a state and of its longest-waiting branch. */
    private static long waits(State state) {
        var inside = state.scopes().stream()
                .mapToLong(scope -> longest(scope.branch()))
                .max()
                .orElse(0);
        return inside
                + state.errorHandling().retries().stream()
                        .mapToLong(Retry::longestWaitSeconds)
                        .sum();
    }
}
