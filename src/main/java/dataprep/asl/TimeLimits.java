package dataprep.asl;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How long an execution can be kept from its end. */
public final class TimeLimits {
    private TimeLimits() {}

    /** The paths of what may take for ever: tasks and the definition itself, where they have no time limit. */
    public static List<String> missing(StateMachine machine) {
        var tasks = machine.everyState().stream()
                .filter(located -> located.state() instanceof Task task && task.timeoutSeconds() == null)
                .map(LocatedState::path);
        return machine.timeoutSeconds() == null
                ? Stream.concat(Stream.of("TimeoutSeconds"), tasks).toList()
                : tasks.toList();
    }

    /** The longest time that an execution can wait for its retries, on whatever way it takes. */
    public static Duration longestWaits(StateMachine machine) {
        return Duration.ofSeconds(longest(machine.branch(), machine.branch().startAt(), new HashSet<>()));
    }

    private static long longest(Branch branch, String name, Set<String> behind) {
        var state = branch.states().get(name);
        if (state == null || !behind.add(name)) {
            return 0;
        }
        var ahead = state.transitions().stream()
                .map(Transition::target)
                .filter(target -> target != null)
                .mapToLong(target -> longest(branch, target, behind))
                .max()
                .orElse(0);
        behind.remove(name);
        return waits(state) + ahead;
    }

    /** A state's own waits, and those of the branch in it that waits longest. */
    private static long waits(State state) {
        var inside = state.scopes().stream()
                .mapToLong(scope -> longest(scope.branch(), scope.branch().startAt(), new HashSet<>()))
                .max()
                .orElse(0);
        return inside
                + state.errorHandling().retries().stream()
                        .mapToLong(Retry::longestWaitSeconds)
                        .sum();
    }
}
