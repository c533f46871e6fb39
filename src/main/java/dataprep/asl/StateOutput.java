package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The variables that a state, a choice rule or a catcher assigns, its output and its next state. */
record StateOutput(
        @JsonProperty("Assign") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, Payload> assign,

        @JsonProperty("Output") @JsonInclude(JsonInclude.Include.NON_NULL)
        Payload output,

        @JsonProperty("Next") @JsonInclude(JsonInclude.Include.NON_NULL)
        String next,

        @JsonProperty("End") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean end) {

    static final StateOutput UNSET = new StateOutput(Map.of(), null, null, false);

    StateOutput assign(String variable, Object value) {
        Map<String, Payload> all = new LinkedHashMap<>(assign);
        all.put(variable, Payload.of(value));
        return new StateOutput(Collections.unmodifiableMap(all), output, next, end);
    }

    StateOutput output(Object value) {
        return new StateOutput(assign, Payload.of(value), next, end);
    }

    StateOutput to(String state) {
        return new StateOutput(assign, output, state, false);
    }

    StateOutput toEnd() {
        return new StateOutput(assign, output, null, true);
    }

    Set<String> assigned() {
        return assign.keySet();
    }

    List<Transition> transitions() {
        return List.of(
                end
                        ? new Transition("End", null, Transition.Kind.END, "", assigned())
                        : new Transition("Next", next, Transition.Kind.NEXT, "", assigned()));
    }

    List<Field> fields(String prefix, Field.Place place) {
        List<Field> fields = new ArrayList<>();
        assign.forEach((variable, value) -> fields.add(new Field(prefix + "Assign." + variable, value, place)));
        if (output != null) {
            fields.add(new Field(prefix + "Output", output, place));
        }
        return fields;
    }
}
