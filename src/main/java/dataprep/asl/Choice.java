package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;

/**
 * A state that transitions by the first rule whose condition is true, or else to its default.
 *
 * <p>The state's own Assign and Output apply to the default only: each rule has its own.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Choice(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Choices") List<ChoiceRule> rules,
        @JsonProperty("Default") String otherwise,
        @JsonUnwrapped StateOutput stateOutput)
        implements State, AssigningState<Choice> {

    public static Choice between(ChoiceRule... rules) {
        return new Choice(null, List.of(rules), null, StateOutput.UNSET);
    }

    /** Names the next state if no rule's condition is true. */
    public Choice otherwise(String state) {
        return new Choice(comment, rules, state, stateOutput);
    }

    public Choice comment(String text) {
        return new Choice(text, rules, otherwise, stateOutput);
    }

    @Override
    public Choice stateOutput(StateOutput to) {
        return new Choice(comment, rules, otherwise, to);
    }

    @Override
    public List<Transition> transitions() {
        List<Transition> transitions = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            transitions.add(rules.get(i).transition("Choices[" + i + "]."));
        }
        transitions.add(
                new Transition("Default", otherwise, Transition.Kind.CHOICE, "otherwise", stateOutput.assigned()));
        return transitions;
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            fields.addAll(rules.get(i).fields("Choices[" + i + "]."));
        }
        fields.addAll(stateOutput.fields("", Field.Place.ENTRY));
        return fields;
    }
}
