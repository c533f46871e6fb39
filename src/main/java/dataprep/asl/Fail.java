package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;

/** A state that ends the execution, or its branch, with an error. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fail(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Error") Payload error,
        @JsonProperty("Cause") Payload cause)
        implements State {

    public static Fail error(String name) {
        return new Fail(null, Payload.of(name), null);
    }

    public static Fail error(Jsonata name) {
        return new Fail(null, Payload.of(name), null);
    }

    public Fail cause(String text) {
        return new Fail(comment, error, Payload.of(text));
    }

    public Fail cause(Jsonata text) {
        return new Fail(comment, error, Payload.of(text));
    }

    public Fail comment(String text) {
        return new Fail(text, error, cause);
    }

    @Override
    public List<Transition> transitions() {
        return List.of(Transition.TO_END);
    }

    @Override
    public List<Field> fields() {
        return Stream.of(
                        Field.ifPresent("Error", error, Field.Place.ENTRY),
                        Field.ifPresent("Cause", cause, Field.Place.ENTRY))
                .flatMap(List::stream)
                .toList();
    }
}
