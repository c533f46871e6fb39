package dataprep.asl;

import java.util.ArrayList;
import java.util.List;

/**
 * A state and its path in a definition.
 *
 * @param path such as {@code States.ExtractData.ItemProcessor.States.ExtractSource}
 * @param around the states whose scopes contain it, the outermost first
 */
public record LocatedState(String path, String name, State state, List<State> around) {

    static List<LocatedState> all(Branch branch) {
        return all(branch, "", List.of());
    }

    private static List<LocatedState> all(Branch branch, String prefix, List<State> around) {
        List<LocatedState> found = new ArrayList<>();
        for (Branch.Named entry : branch.entries()) {
            State state = entry.state();
            LocatedState here = new LocatedState(prefix + "States." + entry.name(), entry.name(), state, around);
            List<State> inside = new ArrayList<>(around);
            inside.add(state);
            found.add(here);
            state.scopes()
                    .forEach(scope -> found.addAll(
                            all(scope.branch(), here.path() + "." + scope.field() + ".", List.copyOf(inside))));
        }
        return found;
    }

    /** Whether this state or a state around it catches errors. */
    public boolean isCaught() {
        return catches(state) || around.stream().anyMatch(LocatedState::catches);
    }

    /** Whether this state runs for the items of a list. */
    public boolean isInMap() {
        return around.stream().anyMatch(Map.class::isInstance);
    }

    private static boolean catches(State state) {
        return !state.errorHandling().catches().isEmpty();
    }
}
