package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;

/** A rule of a {@link Choice}: the next state if its condition is the first that is true. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChoiceRule(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Condition") Jsonata condition,
        @JsonUnwrapped StateOutput stateOutput)
        implements StateWithNext<ChoiceRule> {

    /** A rule that applies if the condition is true. The execution fails if the condition is not a boolean. */
    public static ChoiceRule when(Jsonata condition) {
        return new ChoiceRule(null, condition, StateOutput.UNSET);
    }

    public ChoiceRule comment(String text) {
        return new ChoiceRule(text, condition, stateOutput);
    }

    @Override
    public ChoiceRule stateOutput(StateOutput to) {
        return new ChoiceRule(comment, condition, to);
    }

    /** The rule's transition. A comment, if there is one, is the label in place of the condition. */
    Transition transition(String prefix) {
        String label = comment == null ? condition.expression() : comment;
        return new Transition(
                prefix + "Next", stateOutput.next(), Transition.Kind.CHOICE, label, stateOutput.assigned());
    }

    List<Field> fields(String prefix) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(prefix + "Condition", Payload.of(condition), Field.Place.ENTRY));
        fields.addAll(stateOutput.fields(prefix, Field.Place.ENTRY));
        return fields;
    }
}
