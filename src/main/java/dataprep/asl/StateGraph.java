package dataprep.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The ways that an execution can take through the states of one scope. */
record StateGraph(Map<String, State> states) {

    /** The shortest way from a state to one that fits, over the allowed edges; empty if there is none. */
    List<String> shortest(String from, Predicate<String> goal, Predicate<Transition> allowed) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        if (states.containsKey(from)) {
            cameFrom.put(from, null);
            open.add(from);
        }
        while (!open.isEmpty()) {
            String here = open.remove();
            if (goal.test(here)) {
                return traced(here, cameFrom);
            }
            for (Transition transition : states.get(here).transitions()) {
                boolean isNew = states.containsKey(transition.target()) && !cameFrom.containsKey(transition.target());
                if (isNew && allowed.test(transition)) {
                    cameFrom.put(transition.target(), here);
                    open.add(transition.target());
                }
            }
        }
        return List.of();
    }

    private static List<String> traced(String end, Map<String, String> cameFrom) {
        LinkedList<String> way = new LinkedList<>();
        for (String state = end; state != null; state = cameFrom.get(state)) {
            way.addFirst(state);
        }
        return List.copyOf(way);
    }
}
