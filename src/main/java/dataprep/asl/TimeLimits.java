package dataprep.asl;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long an execution can take at most. */
public final class TimeLimits {
    private TimeLimits() {}

    /** The paths of what has no time limit: tasks, or the definition itself. */
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

    /** A state's own waits, and those of the branch in it that waits longest. */
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
