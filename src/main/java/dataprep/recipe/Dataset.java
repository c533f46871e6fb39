package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The part of a recipe that derives the data set from its main source. */
record Dataset(
        @JsonProperty("from") String from,
        @JsonProperty("incremental") Incremental incremental,
        @JsonProperty("steps") List<Step> steps) {

    record Incremental(@JsonProperty("key") List<String> key) {}

    Dataset {
        steps = steps == null ? List.of() : List.copyOf(steps);
    }
}
