package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** One step from the main source's rows to the data set; exactly one of its fields is set. */
record Step(
        @JsonProperty("filter") String filter,
        @JsonProperty("dedupe") Dedupe dedupe,
        @JsonProperty("derive") List<Column> derive,
        @JsonProperty("join") Join join,
        @JsonProperty("aggregate") Aggregate aggregate,
        @JsonProperty("select") List<String> select) {

    record Dedupe(
            @JsonProperty("by") List<String> by,
            @JsonProperty("orderBy") List<String> orderBy) {}

    record Join(
            @JsonProperty("source") String source,
            @JsonProperty("type") String type,
            @JsonProperty("on") Map<String, String> on,
            @JsonProperty("columns") Map<String, String> columns) {}

    record Aggregate(
            @JsonProperty("by") List<String> by,
            @JsonProperty("measures") List<Column> measures) {}
}
