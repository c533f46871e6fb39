package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** A state that does no work: it assigns variables and sets an output. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pass(
        @JsonProperty("Comment") String comment,
        @JsonUnwrapped StateOutput stateOutput) implements State, StateWithEnd<Pass> {

    public static Pass create() {
        return new Pass(null, StateOutput.UNSET);
    }

    public Pass comment(String text) {
        return new Pass(text, stateOutput);
    }

    @Override
    public Pass stateOutput(StateOutput to) {
        return new Pass(comment, to);
    }

    @Override
    public List<Transition> transitions() {
        return stateOutput.transitions();
    }

    @Override
    public List<Field> fields() {
        return stateOutput.fields("", Field.Place.ENTRY);
    }
}
