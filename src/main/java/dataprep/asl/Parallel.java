package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A state that runs its branches at the same time; its result is the list of theirs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parallel(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Arguments") Payload arguments,
        @JsonProperty("Branches") List<Branch> branches,
        @JsonUnwrapped Recovery recovery,
        @JsonUnwrapped Exit exit)
        implements State, Recovering<Parallel> {

    public static Parallel of(Branch... branches) {
        return new Parallel(null, null, List.of(branches), Recovery.NONE, Exit.NOWHERE);
    }

    /** Says what each branch gets as input; the value is a template as in {@link Payload#of}. */
    public Parallel arguments(Object template) {
        return new Parallel(comment, Payload.of(template), branches, recovery, exit);
    }

    public Parallel comment(String text) {
        return new Parallel(text, arguments, branches, recovery, exit);
    }

    @Override
    public Parallel recovery(Recovery plan) {
        return new Parallel(comment, arguments, branches, plan, exit);
    }

    @Override
    public Parallel exit(Exit to) {
        return new Parallel(comment, arguments, branches, recovery, to);
    }

    @Override
    public String caption() {
        return "at the same time";
    }

    @Override
    public List<Edge> edges() {
        return Stream.concat(exit.edges().stream(), recovery.edges().stream()).toList();
    }

    @Override
    public List<Field> fields() {
        return Stream.of(
                        Field.ifPresent("Arguments", arguments, Field.Place.ENTRY),
                        recovery.fields(),
                        exit.fields("", Field.Place.RESULT))
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
