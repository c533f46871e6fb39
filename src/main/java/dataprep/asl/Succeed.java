package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A state that ends its scope successfully. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Succeed(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Output") Payload output) implements State {

    public static Succeed create() {
        return new Succeed(null, null);
    }

    public Succeed comment(String text) {
        return new Succeed(text, output);
    }

    /** Sets the output of the execution or the branch; the value is a template as in {@link Payload#of}. */
    public Succeed output(Object value) {
        return new Succeed(comment, Payload.of(value));
    }

    @Override
    public List<Transition> transitions() {
        return List.of(Transition.TO_END);
    }

    @Override
    public List<Field> fields() {
        return Field.ifPresent("Output", output, Field.Place.ENTRY);
    }
}
