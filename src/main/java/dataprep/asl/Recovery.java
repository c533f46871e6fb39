package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

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
