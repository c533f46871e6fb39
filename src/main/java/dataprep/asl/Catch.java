package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** A catcher: the next state after an error that the retriers did not resolve, and the variables to assign. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Catch(
        @JsonProperty("Comment") String comment,
        @JsonProperty("ErrorEquals") List<String> errors,
        @JsonUnwrapped StateOutput stateOutput)
        implements StateWithNext<Catch> {

    /** Catches errors by name: a reserved one of {@link Errors}, a service's, or that of an exception class. */
    public static Catch on(String... errors) {
        return new Catch(null, List.of(errors), StateOutput.UNSET);
    }

    /** Catches every error that Step Functions allows to be caught. */
    public static Catch all() {
        return on(Errors.ALL);
    }

    public Catch comment(String text) {
        return new Catch(text, errors, stateOutput);
    }

    @Override
    public Catch stateOutput(StateOutput to) {
        return new Catch(comment, errors, to);
    }

    Transition transition(String prefix) {
        String label = errors.equals(List.of(Errors.ALL)) ? "any error" : String.join(", ", errors);
        return new Transition(
                prefix + "Next", stateOutput.next(), Transition.Kind.CATCH, label, stateOutput.assigned());
    }
}
