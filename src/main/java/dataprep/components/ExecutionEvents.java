package dataprep.components;

import java.util.ArrayList;
import java.util.List;

/**
 * The events of executions: Step Functions sends one when the status of an execution changes.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html">Events</a>
 */
final class ExecutionEvents {
    /** The longest ARNs of so many state machines fit in the 2,048 characters of an event pattern. */
    private static final int STATE_MACHINES_OF_A_RULE = 12;

    private ExecutionEvents() {}

    /** Matches the events of these state machines. */
    static EventPattern of(List<String> stateMachineArns) {
        return EventPattern.of("aws.states", "Step Functions Execution Status Change")
                .where("stateMachineArn", stateMachineArns);
    }

    /**
     * What belongs to one rule.
     *
     * @param name of the rule: that of all, with a number from the second on
     */
    record Group<T>(String name, List<T> members) {}

    /** Groups what has a state machine each, so that the pattern of each group's rule is short enough. */
    static <T> List<Group<T>> groups(String name, List<T> members) {
        var groups = new ArrayList<Group<T>>();
        for (int i = 0; i < members.size(); i += STATE_MACHINES_OF_A_RULE) {
            var number = i / STATE_MACHINES_OF_A_RULE + 1;
            groups.add(new Group<>(
                    number == 1 ? name : name + number,
                    members.subList(i, Math.min(i + STATE_MACHINES_OF_A_RULE, members.size()))));
        }
        return groups;
    }
}
