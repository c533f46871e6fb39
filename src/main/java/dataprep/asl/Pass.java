package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** A state that does no work: it assigns variables and hands on an output. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pass(
        @JsonProperty("Comment") String comment,
        @JsonUnwrapped Exit exit) implements State, Ending<Pass> {

    public static Pass create() {
        return new Pass(null, Exit.NOWHERE);
    }

    public Pass comment(String text) {
        return new Pass(text, exit);
    }

    @Override
    public Pass exit(Exit to) {
        return new Pass(comment, to);
    }

    @Override
    public List<Edge> edges() {
        return exit.edges();
    }

    @Override
    public List<Field> fields() {
        return exit.fields("", Field.Place.ENTRY);
    }
}
