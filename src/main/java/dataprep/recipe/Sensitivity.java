package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the job replaces the value of a sensitive column after conversion and the column's rules. */
enum Sensitivity {
    @JsonProperty("mask")
    MASK,
    @JsonProperty("hash")
    HASH,
    @JsonProperty("drop")
    DROP
}
