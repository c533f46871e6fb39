package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.stream.Stream;

/** A state that waits, for a time or until a time. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Wait(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Seconds") Payload seconds,
        @JsonProperty("Timestamp") Payload timestamp,
        @JsonUnwrapped StateOutput stateOutput)
        implements State, StateWithEnd<Wait> {

    public static Wait seconds(int seconds) {
        return new Wait(null, Payload.of(seconds), null, StateOutput.UNSET);
    }

    public static Wait seconds(Jsonata seconds) {
        return new Wait(null, Payload.of(seconds), null, StateOutput.UNSET);
    }

    /** Waits until a time in RFC 3339, such as {@code 2026-01-31T06:00:00Z}. */
    public static Wait until(String timestamp) {
        return new Wait(null, null, Payload.of(timestamp), StateOutput.UNSET);
    }

    public static Wait until(Jsonata timestamp) {
        return new Wait(null, null, Payload.of(timestamp), StateOutput.UNSET);
    }

    public Wait comment(String text) {
        return new Wait(text, seconds, timestamp, stateOutput);
    }

    @Override
    public Wait stateOutput(StateOutput to) {
        return new Wait(comment, seconds, timestamp, to);
    }

    @Override
    public List<Transition> transitions() {
        return stateOutput.transitions();
    }

    @Override
    public List<Field> fields() {
        return Stream.of(
                        Field.ifPresent("Seconds", seconds, Field.Place.ENTRY),
                        Field.ifPresent("Timestamp", timestamp, Field.Place.ENTRY),
                        stateOutput.fields("", Field.Place.ENTRY))
                .flatMap(List::stream)
                .toList();
    }
}
