package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A state that runs its branches concurrently; its result is the list of their results. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parallel(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Arguments") Payload arguments,
        @JsonProperty("Branches") List<Branch> branches,
        @JsonUnwrapped ErrorHandling errorHandling,
        @JsonUnwrapped StateOutput stateOutput)
        implements State, StateWithErrorHandling<Parallel> {

    public static Parallel of(Branch... branches) {
        return new Parallel(null, null, List.of(branches), ErrorHandling.NONE, StateOutput.UNSET);
    }

    /** Sets the input of each branch; the value is a template as in {@link Payload#of}. */
    public Parallel arguments(Object template) {
        return new Parallel(comment, Payload.of(template), branches, errorHandling, stateOutput);
    }

    public Parallel comment(String text) {
        return new Parallel(text, arguments, branches, errorHandling, stateOutput);
    }

    @Override
    public Parallel errorHandling(ErrorHandling errorHandling) {
        return new Parallel(comment, arguments, branches, errorHandling, stateOutput);
    }

    @Override
    public Parallel stateOutput(StateOutput to) {
        return new Parallel(comment, arguments, branches, errorHandling, to);
    }

    @Override
    public String caption() {
        return "at the same time";
    }

    @Override
    public List<Transition> transitions() {
        return Stream.concat(stateOutput.transitions().stream(), errorHandling.transitions().stream())
                .toList();
    }

    @Override
    public List<Field> fields() {
        return Stream.of(
                        Field.ifPresent("Arguments", arguments, Field.Place.ENTRY),
                        errorHandling.fields(),
                        stateOutput.fields("", Field.Place.RESULT))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Scope> scopes() {
        List<Scope> scopes = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            scopes.add(new Scope("Branches[" + i + "]", branches.get(i)));
        }
        return scopes;
    }
}
