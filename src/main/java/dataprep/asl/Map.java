package dataprep.asl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.stream.Stream;

/** A state that runs one scope for each item of a list in the same execution; its result is the list of results. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Map(
        @JsonProperty("Comment") String comment,
        @JsonProperty("Items") Payload items,
        @JsonProperty("ItemSelector") Payload itemSelector,
        @JsonProperty("MaxConcurrency") Payload maxConcurrency,
        @JsonProperty("ItemProcessor") ItemProcessor itemProcessor,
        @JsonUnwrapped ErrorHandling errorHandling,
        @JsonUnwrapped StateOutput stateOutput)
        implements State, StateWithErrorHandling<Map> {

    /** The scope that runs for each item. */
    @JsonPropertyOrder({"ProcessorConfig"})
    record ItemProcessor(@JsonUnwrapped Branch branch) {

        @JsonProperty("ProcessorConfig")
        Payload processorConfig() {
            return Payload.with("Mode", "INLINE");
        }
    }

    /** A Map over its input, unless {@link #over} says otherwise. */
    public static Map each(Branch branch) {
        return new Map(null, null, null, null, new ItemProcessor(branch), ErrorHandling.NONE, StateOutput.UNSET);
    }

    public Map over(List<?> list) {
        return items(Payload.of(list));
    }

    public Map over(Jsonata list) {
        return items(Payload.of(list));
    }

    /**
     * Sets the input of each item's scope. The item itself is {@code $states.context.Map.Item.Value}; the value is a
     * template as in {@link Payload#of}.
     */
    public Map itemSelector(Object template) {
        return new Map(comment, items, Payload.of(template), maxConcurrency, itemProcessor, errorHandling, stateOutput);
    }

    /** Sets MaxConcurrency; 0, the default, leaves it to Step Functions, which runs up to 40 items concurrently. */
    public Map maxConcurrency(int number) {
        return concurrency(Payload.of(number));
    }

    public Map maxConcurrency(Jsonata number) {
        return concurrency(Payload.of(number));
    }

    public Map comment(String text) {
        return new Map(text, items, itemSelector, maxConcurrency, itemProcessor, errorHandling, stateOutput);
    }

    @Override
    public Map errorHandling(ErrorHandling errorHandling) {
        return new Map(comment, items, itemSelector, maxConcurrency, itemProcessor, errorHandling, stateOutput);
    }

    @Override
    public Map stateOutput(StateOutput to) {
        return new Map(comment, items, itemSelector, maxConcurrency, itemProcessor, errorHandling, to);
    }

    private Map items(Payload list) {
        return new Map(comment, list, itemSelector, maxConcurrency, itemProcessor, errorHandling, stateOutput);
    }

    private Map concurrency(Payload number) {
        return new Map(comment, items, itemSelector, number, itemProcessor, errorHandling, stateOutput);
    }

    @Override
    public String caption() {
        return "for each item";
    }

    @Override
    public List<Transition> transitions() {
        return Stream.concat(stateOutput.transitions().stream(), errorHandling.transitions().stream())
                .toList();
    }

    @Override
    public List<Field> fields() {
        return Stream.of(
                        Field.ifPresent("Items", items, Field.Place.ENTRY),
                        Field.ifPresent("ItemSelector", itemSelector, Field.Place.ITEM),
                        Field.ifPresent("MaxConcurrency", maxConcurrency, Field.Place.ENTRY),
                        errorHandling.fields(),
                        stateOutput.fields("", Field.Place.RESULT))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Scope> scopes() {
        return List.of(new Scope("ItemProcessor", itemProcessor.branch()));
    }
}
