package dataprep.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of the transformation from the main source to the data set; exactly one of its fields is set. */
record Step(
        @JsonProperty("filter") String filter,
        @JsonProperty("dedupe") Dedupe dedupe,
        @JsonProperty("derive") List<Computed> derive,
        @JsonProperty("join") Join join,
        @JsonProperty("aggregate") Aggregate aggregate,
        @JsonProperty("pivot") Pivot pivot,
        @JsonProperty("select") List<String> select) {

    record Dedupe(
            @JsonProperty("by") List<String> by,
            @JsonProperty("orderBy") List<String> orderBy) {
        Dedupe {
            orderBy = orderBy == null ? List.of() : orderBy;
        }
    }

    record Computed(
            @JsonProperty("name") String name,
            @JsonProperty("description") String description,
            @JsonProperty("type") String type,
            @JsonProperty("expression") String expression) {
        Column column() {
            return new Column(name, type, Optional.ofNullable(description), false);
        }
    }

    record Join(
            @JsonProperty("source") String source,
            @JsonProperty("type") String type,
            @JsonProperty("on") Map<String, String> on,
            @JsonProperty("columns") Map<String, String> columns) {
        Join {
            type = type == null ? "left" : type;
            columns = columns == null ? Map.of() : columns;
        }
    }

    record Aggregate(
            @JsonProperty("by") List<String> by,
            @JsonProperty("measures") List<Computed> measures) {}

    record Pivot(
            @JsonProperty("by") List<String> by,
            @JsonProperty("column") String column,
            @JsonProperty("columns") Map<String, JsonNode> columns,
            @JsonProperty("measure") Measure measure) {}

    record Measure(
            @JsonProperty("description") String description,
            @JsonProperty("type") String type,
            @JsonProperty("expression") String expression) {
        Column column(String name) {
            return new Column(name, type, Optional.ofNullable(description), false);
        }
    }

    /** Whether it aggregates several rows into one, so that a part of the rows gives another result. */
    boolean aggregates() {
        return aggregate != null || pivot != null;
    }
}
