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
        @JsonProperty("Choices") List<Rule> rules,
        @JsonProperty("Default") String otherwise,
        @JsonUnwrapped Exit exit)
        implements State, Assigning<Choice> {

    public static Choice between(Rule... rules) {
        return new Choice(null, List.of(rules), null, Exit.NOWHERE);
    }

    /** Names the state to go to if no rule holds. */
    public Choice otherwise(String state) {
        return new Choice(comment, rules, state, exit);
    }

    public Choice comment(String text) {
        return new Choice(text, rules, otherwise, exit);
    }

    @Override
    public Choice exit(Exit to) {
        return new Choice(comment, rules, otherwise, to);
    }

    @Override
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            edges.add(rules.get(i).edge("Choices[" + i + "]."));
        }
        edges.add(new Edge("Default", otherwise, Edge.Kind.CHOICE, "otherwise", exit.assigned()));
        return edges;
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            fields.addAll(rules.get(i).fields("Choices[" + i + "]."));
        }
        fields.addAll(exit.fields("", Field.Place.ENTRY));
        return fields;
    }
}
