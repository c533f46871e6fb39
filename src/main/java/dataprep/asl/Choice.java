package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;

/**
 * A state that goes where the first rule whose condition holds says, else to its default.
 *
 * <p>What it assigns and outputs itself counts for the default only: a rule that is taken brings its own.
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

    /** Names the state to go to if no rule holds. */
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
