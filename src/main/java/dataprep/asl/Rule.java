package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;

/** A rule of a {@link Choice}: where to go if its condition is the first that holds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rule(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Condition") Jsonata condition,
        @JsonUnwrapped Exit exit) implements Continuing<Rule> {

    /** A rule that holds if the condition gives true; anything but a boolean fails the execution. */
    public static Rule when(Jsonata condition) {
        return new Rule(null, condition, Exit.NOWHERE);
    }

    public Rule comment(String text) {
        return new Rule(text, condition, exit);
    }

    @Override
    public Rule exit(Exit to) {
        return new Rule(comment, condition, to);
    }

    /** The rule's way; a comment, if there is one, says more to a reader than the condition. */
    Edge edge(String prefix) {
        String label = comment == null ? condition.expression() : comment;
        return new Edge(prefix + "Next", exit.next(), Edge.Kind.CHOICE, label, exit.assigned());
    }

    List<Field> fields(String prefix) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(prefix + "Condition", Payload.of(condition), Field.Place.ENTRY));
        fields.addAll(exit.fields(prefix, Field.Place.ENTRY));
        return fields;
    }
}
