package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The part of a recipe that derives the data set from its main source. */
record Dataset(
        @JsonProperty("from") String from,
        @JsonProperty("incremental") Incremental incremental,
        @JsonProperty("steps") List<Step> steps) {

    /**
     * @param key the columns by which a new row replaces a published one
     * @param watermark the column whose greatest value the next run starts from; null for none
     */
    record Incremental(
            @JsonProperty("key") List<String> key,
            @JsonProperty("watermark") String watermark) {}

    Dataset {
        steps = steps == null ? List.of() : List.copyOf(steps);
    }
}
