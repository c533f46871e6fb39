package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dataprep.iam.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A scope of states: a whole state machine's, a Map's item processor or a branch of a Parallel. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"Comment", "StartAt", "States"})
public record Branch(
        @JsonProperty("Comment") String comment,
        @JsonProperty("StartAt") String startAt,
        @JsonIgnore List<Named> entries) {

    /** A state and its name; a list of these can hold a name twice, which is then reported instead of lost. */
    public record Named(String name, State state) {}

    public Branch {
        entries = List.copyOf(entries);
    }

    public static Branch startAt(String state) {
        return new Branch(null, state, List.of());
    }

    /** A branch of a single state. */
    public static Branch of(String name, State state) {
        return startAt(name).state(name, state);
    }

    public Branch comment(String text) {
        return new Branch(text, startAt, entries);
    }

    /** Adds a state. */
    public Branch state(String name, State state) {
        List<Named> all = new ArrayList<>(entries);
        all.add(new Named(name, state));
        return new Branch(comment, startAt, all);
    }

    /** The states of this scope by name, without those of the scopes inside them. */
    @JsonProperty("States")
    public java.util.Map<String, State> states() {
        java.util.Map<String, State> states = new LinkedHashMap<>();
        entries.forEach(entry -> states.putIfAbsent(entry.name(), entry.state()));
        return states;
    }

    List<Statement> permissions() {
        return entries.stream()
                .flatMap(entry -> entry.state().permissions().stream())
                .toList();
    }
}
