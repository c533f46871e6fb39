package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The error handling of a state: retriers, then catchers. */
public record ErrorHandling(
        @JsonProperty("Retry") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Retry> retries,

        @JsonProperty("Catch") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Catch> catches) {

    static final ErrorHandling NONE = new ErrorHandling(List.of(), List.of());

    public ErrorHandling {
        retries = List.copyOf(retries);
        catches = List.copyOf(catches);
    }

    /** The number of retries for an error. */
    public int attemptsAfter(String error) {
        return retries.stream()
                .filter(retry -> Errors.match(retry.errors(), error))
                .findFirst()
                .map(Retry::attempts)
                .orElse(0);
    }

    /** The transition of the catcher for an error; empty if the state has none. */
    public Optional<Transition> catcherFor(String error) {
        return IntStream.range(0, catches.size())
                .filter(i -> Errors.match(catches.get(i).errors(), error))
                .mapToObj(i -> transitions().get(i))
                .findFirst();
    }

    List<Transition> transitions() {
        List<Transition> transitions = new ArrayList<>();
        for (int i = 0; i < catches.size(); i++) {
            transitions.add(catches.get(i).transition("Catch[" + i + "]."));
        }
        return transitions;
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < catches.size(); i++) {
            fields.addAll(catches.get(i).stateOutput().fields("Catch[" + i + "].", Field.Place.FAILURE));
        }
        return fields;
    }
}
