package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a state does about errors: try again, then go elsewhere. */
public record Recovery(
        @JsonProperty("Retry") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Retry> retries,

        @JsonProperty("Catch") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Catch> catches) {

    static final Recovery NONE = new Recovery(List.of(), List.of());

    public Recovery {
        retries = List.copyOf(retries);
        catches = List.copyOf(catches);
    }

    /** How often an error is tried again. */
    public int attemptsAfter(String error) {
        return retries.stream()
                .filter(retry -> Errors.match(retry.errors(), error))
                .findFirst()
                .map(Retry::attempts)
                .orElse(0);
    }

    /** The way on which an error leaves the state in the end; empty if it is not caught here. */
    public Optional<Edge> wayOf(String error) {
        return IntStream.range(0, catches.size())
                .filter(i -> Errors.match(catches.get(i).errors(), error))
                .mapToObj(i -> edges().get(i))
                .findFirst();
    }

    List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < catches.size(); i++) {
            edges.add(catches.get(i).edge("Catch[" + i + "]."));
        }
        return edges;
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < catches.size(); i++) {
            fields.addAll(catches.get(i).exit().fields("Catch[" + i + "].", Field.Place.FAILURE));
        }
        return fields;
    }
}
