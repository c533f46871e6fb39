package dataprep.components;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The event pattern of an EventBridge rule: one detail type, filtered by the detail's fields.
 *
 * @param detail the matching values of each field, or its nested fields
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html">Event patterns</a>
 */
@JsonPropertyOrder({"source", "detail-type", "detail"})
record EventPattern(
        @JsonProperty("source") List<String> source,
        @JsonProperty("detail-type") List<String> detailType,
        @JsonProperty("detail") SortedMap<String, Object> detail) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static EventPattern of(String source, String detailType) {
        return new EventPattern(List.of(source), List.of(detailType), new TreeMap<>());
    }

    EventPattern where(String field, Object values) {
        var more = new TreeMap<>(detail);
        more.put(field, values);
        return new EventPattern(source, detailType, more);
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("event pattern cannot be written as JSON: " + this, e);
        }
    }
}
