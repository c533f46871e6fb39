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
import dataprep.settings.SourceDatabase;
import dataprep.settings.SourcePaging;
import dataprep.settings.WorkflowSettings;
import java.util.List;

/** Copies the sources to the data bucket; assigns {@code sources}, the metadata of each copy. */
record ExtractionStates(WorkflowSettings settings, ResourceNames resources) {
    /** The error of lambda/extract/dataset_source.py. */
    private static final String NOT_PUBLISHED = "DatasetNotPublished";

    private static final String UPSTREAM_NOT_PUBLISHED = "UpstreamNotPublished";
    private static final String EXTRACT_SOURCE = "ExtractSource";
    private static final Jsonata ANSWER = Jsonata.of("$states.result.Payload");
    private static final Jsonata SOURCE = Jsonata.of("$states.context.Map.Item.Value");

    Map extractData() {
        var destination = Jsonata.text(
                "s3://" + resources.dataBucket() + "/",
                resources.extraction(),
                Jsonata.of(SOURCE.expression() + ".name"),
                "/");
        var event = Payload.with("source", SOURCE)
                .and("run_id", ExecutionContext.ID)
                .and("destination", destination)
                .and("published", published())
                .and("incremental", incremental());
        return Map.each(extraction())
                .over(settings.sources().stream().map(this::item).toList())
                .itemSelector(settings.usesWatermark() ? event.and("since", since()) : event)
                .maxConcurrency(settings.extractConcurrency())
                .assign("sources", Jsonata.of("[$states.result]"))
                .catching(failures())
                .next("NewData");
    }

    /** The extraction of one source; that of an API with many pages takes several invocations. */
    private Branch extraction() {
        if (!settings.hasPagedSources()) {
            return Branch.of(EXTRACT_SOURCE, extractSource().output(ANSWER).end());
        }
        var nextEvent = "$merge([$states.input, {'continuation': %s.continuation}])".formatted(ANSWER.expression());
        return Branch.of(
                        EXTRACT_SOURCE,
                        extractSource()
                                .output(Jsonata.of("$exists(%s.continuation) ? %s : %s"
                                        .formatted(ANSWER.expression(), nextEvent, ANSWER.expression())))
                                .next("MorePages"))
                .state(
                        "MorePages",
                        Choice.between(ChoiceRule.when(Jsonata.of("$exists($states.input.continuation)"))
                                        .next(EXTRACT_SOURCE))
                                .otherwise("Extracted"))
                .state("Extracted", Succeed.create());
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
            @JsonProperty("sensitive") Boolean sensitive,
            @JsonProperty("since") String since,
            @JsonProperty("paging") SourcePaging paging,
            @JsonProperty("database") SourceDatabase database) {}

    private Item item(Source source) {
        var shown = source.in(resources.dataBucket()).shown();
        return new Item(
                shown.name(),
                shown.uri(),
                settings.sensitiveSources().contains(shown.name()) ? Boolean.TRUE : null,
                shown.since(),
                shown.paging(),
                shown.database());
    }

    private Task extractSource() {
        return Task.lambdaInvoke(resources.extractFunctionArn())
                .argument("Payload", Jsonata.of("$states.input"))
                .timeoutSeconds(settings.extractTimeoutSeconds() + ExecutionContext.GRACE_SECONDS)
                .retry(Retries.of(Errors.LAMBDA_TRANSIENT), Retries.of(List.of("SourceUnavailable", "SourceChanged")));
    }

    /** The source's entry in the last publish; null if there is none or all objects are extracted again. */
    private static Jsonata published() {
        var taken = "$published.sources[name = %s.name]".formatted(SOURCE.expression());
        return Jsonata.of("$full or $not($exists(%s)) ? null : %s".formatted(taken, taken));
    }

    /** The published watermark; null if there is none or everything is extracted again. */
    private static Jsonata since() {
        return Jsonata.of("$full or $not($exists($published.watermark)) ? null : $published.watermark");
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
