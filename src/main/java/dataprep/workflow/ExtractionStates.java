package dataprep.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dataprep.asl.Branch;
import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import dataprep.settings.Source;
import dataprep.settings.WorkflowSettings;
import java.util.List;

/** Copies the sources to the data bucket; assigns {@code sources}, the metadata of each copy. */
record ExtractionStates(WorkflowSettings settings, ResourceNames resources) {
    /** The error of lambda/extract/dataset_source.py. */
    private static final String NOT_PUBLISHED = "DatasetNotPublished";

    private static final String UPSTREAM_NOT_PUBLISHED = "UpstreamNotPublished";
    private static final Jsonata SOURCE = Jsonata.of("$states.context.Map.Item.Value");

    Map extractData() {
        var destination = Jsonata.text(
                "s3://" + resources.dataBucket() + "/",
                resources.extraction(),
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
                .catching(failures())
                .next("NewData");
    }

    private Catch[] failures() {
        var failed = FailureStates.from("ExtractData");
        var waits = Catch.on(NOT_PUBLISHED)
                .comment("a data set that this one reads has not been published yet")
                .assign("awaited", Jsonata.of("$parse($states.errorOutput.Cause).errorMessage"))
                .next(UPSTREAM_NOT_PUBLISHED);
        return readsDatasets() ? new Catch[] {waits, failed} : new Catch[] {failed};
    }

    StateMachine addTo(StateMachine machine) {
        return readsDatasets() ? machine.state(UPSTREAM_NOT_PUBLISHED, upstreamNotPublished()) : machine;
    }

    private boolean readsDatasets() {
        return settings.sources().stream().anyMatch(source -> source.upstream().isPresent());
    }

    /** The publication of the other data set starts another run. */
    private static Succeed upstreamNotPublished() {
        return Succeed.create().output(Payload.with("published", false).and("awaits", Jsonata.of("$awaited")));
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
