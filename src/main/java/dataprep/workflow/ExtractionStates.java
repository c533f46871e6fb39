package dataprep.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dataprep.asl.Branch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Payload;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.settings.Source;
import dataprep.settings.WorkflowSettings;
import java.util.List;

/** Copies the sources to the data bucket; assigns {@code sources}, the metadata of each copy. */
record ExtractionStates(WorkflowSettings settings, ResourceNames resources) {
    private static final Jsonata SOURCE = Jsonata.of("$states.context.Map.Item.Value");

    Map extractData() {
        var destination = Jsonata.text(
                "s3://" + resources.dataBucket() + "/",
                ExecutionContext.EXTRACTION,
                Jsonata.of(SOURCE.expression() + ".name"),
                "/");
        return Map.each(Branch.of("ExtractSource", extractSource()))
                .over(settings.sources().stream().map(this::item).toList())
                .itemSelector(Payload.with("source", SOURCE)
                        .and("run_id", ExecutionContext.ID)
                        .and("destination", destination)
                        .and("published", published())
                        .and("incremental", incremental()))
                .maxConcurrency(settings.extractConcurrency())
                .assign("sources", Jsonata.of("[$states.result]"))
                .catching(FailureStates.from("ExtractData"))
                .next("NewData");
    }

    /**
     * A source in the function's event.
     *
     * @param sensitive true, or null for other sources
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            @JsonProperty("name") String name,
            @JsonProperty("uri") String uri,
            @JsonProperty("sensitive") Boolean sensitive) {}

    private Item item(Source source) {
        var shown = source.in(resources.dataBucket()).shown();
        return new Item(
                shown.name(), shown.uri(), settings.sensitiveSources().contains(shown.name()) ? Boolean.TRUE : null);
    }

    private Task extractSource() {
        return Task.lambdaInvoke(resources.extractFunctionArn())
                .argument("Payload", Jsonata.of("$states.input"))
                .timeoutSeconds(settings.extractTimeoutSeconds() + ExecutionContext.GRACE_SECONDS)
                .output(Jsonata.of("$states.result.Payload"))
                .retry(Retries.of(Errors.LAMBDA_TRANSIENT), Retries.of(List.of("SourceUnavailable", "SourceChanged")))
                .end();
    }

    /** The source's entry in the last publish; null if there is none or all objects are extracted again. */
    private static Jsonata published() {
        var taken = "$published.sources[name = %s.name]".formatted(SOURCE.expression());
        return Jsonata.of("$full or $not($exists(%s)) ? null : %s".formatted(taken, taken));
    }

    private Object incremental() {
        return settings.incrementalSource()
                .<Object>map(name -> Jsonata.of("%s.name = %s".formatted(SOURCE.expression(), Jsonata.quote(name))))
                .orElse(false);
    }

    /**
     * An incremental run ignores changes of other sources: they apply to future rows.
     *
     * @param otherwise the state that follows where nothing has changed
     */
    Choice newData(String otherwise) {
        var merged = settings.incrementalSource()
                .map(name -> " and name = " + Jsonata.quote(name))
                .orElse("");
        return Choice.between(ChoiceRule.when(Jsonata.of("$count($sources[changed%s]) > 0".formatted(merged)))
                        .next("TransformData"))
                .otherwise(otherwise);
    }

    Succeed nothingToDo() {
        return Succeed.create().output(Payload.with("published", false));
    }
}
