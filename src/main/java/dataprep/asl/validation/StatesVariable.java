package dataprep.asl.validation;

import dataprep.asl.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of the reserved variable {@code $states} that the expressions of one field can read.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">Variables</a>
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">Context</a>
 */
record StatesVariable(Field.Place place, boolean insideMap) {

    private static final Map<String, Set<String>> CONTEXT = new LinkedHashMap<>();

    static {
        CONTEXT.put("Execution", Set.of("Id", "Input", "Name", "RedriveCount", "RedriveTime", "RoleArn", "StartTime"));
        CONTEXT.put("State", Set.of("EnteredTime", "Name", "RetryCount"));
        CONTEXT.put("StateMachine", Set.of("Id", "Name"));
        CONTEXT.put("Map", Set.of("Item"));
    }

    /** The problem with reading this path of fields, if there is one. */
    Optional<String> fault(List<String> read) {
        if (read.isEmpty()) {
            return Optional.empty();
        }
        return switch (read.get(0)) {
            case "input" -> Optional.empty();
            case "context" -> contextFault(read);
            case "result" -> onlyIn(Field.Place.RESULT, "result", "Assign and Output of a Task, Parallel or Map");
            case "errorOutput" -> onlyIn(Field.Place.FAILURE, "errorOutput", "Assign and Output of a Catch");
            default ->
                Optional.of("$states." + read.get(0) + " does not exist, only input, context, result and errorOutput");
        };
    }

    private Optional<String> onlyIn(Field.Place home, String field, String where) {
        return place == home
                ? Optional.empty()
                : Optional.of("$states." + field + " does not exist here, only in " + where);
    }

    private Optional<String> contextFault(List<String> read) {
        if (read.size() == 1) {
            return Optional.empty();
        }
        String object = read.get(1);
        if (object.equals("Map") && !insideMap && place != Field.Place.ITEM) {
            return Optional.of(
                    "$states.context.Map does not exist here, only in a Map's ItemSelector and ItemProcessor");
        }
        if (!CONTEXT.containsKey(object)) {
            return Optional.of(
                    "$states.context." + object + " does not exist, only " + String.join(", ", CONTEXT.keySet()));
        }
        Set<String> fields = CONTEXT.get(object);
        if (read.size() > 2 && !fields.contains(read.get(2))) {
            return Optional.of("$states.context." + object + "." + read.get(2) + " does not exist, only "
                    + String.join(", ", new TreeSet<>(fields)));
        }
        return Optional.empty();
    }
}
