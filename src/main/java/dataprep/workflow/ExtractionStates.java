package dataprep.workflow;

import dataprep.asl.Branch;
import dataprep.asl.Choice;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Map;
import dataprep.asl.Payload;
import dataprep.asl.Rule;
import dataprep.asl.Succeed;
import dataprep.asl.Task;
import java.util.List;

/** From the sources to their copies in the data bucket; assigns {@code force} and {@code sources}. */
record ExtractionStates(Plan plan, Resources resources) {
    private static final Jsonata SOURCE = Jsonata.of("$states.context.Map.Item.Value");

    Map extractData() {
        var destination = Jsonata.text(
                "s3://" + resources.dataBucket() + "/",
                Run.folder(LakePaths.RAW),
                Jsonata.of(SOURCE.expression() + ".name"),
                "/");
        return Map.each(Branch.of("ExtractSource", extractSource()))
                .over(plan.sources().stream()
                        .map(source -> source.in(resources.dataBucket()))
                        .toList())
                .itemSelector(
                        Payload.with("source", SOURCE).and("run_id", Run.ID).and("destination", destination))
                .maxConcurrency(plan.extractConcurrency())
                .assign("force", Jsonata.of("$states.input.force = true"))
                .assign("sources", Jsonata.of("[$states.result]"))
                .catching(FailureStates.from("ExtractData"))
                .next("NewData");
    }

    private Task extractSource() {
        return Task.lambdaInvoke(resources.extractFunctionArn())
                .argument("Payload", Jsonata.of("$states.input"))
                .timeoutSeconds(plan.extractTimeoutSeconds() + Run.GRACE_SECONDS)
                .output(Jsonata.of("$states.result.Payload"))
                .retry(Retries.of(Errors.LAMBDA_TRANSIENT), Retries.of(List.of("SourceUnavailable")))
                .end();
    }

    Choice newData() {
        var due = "$force or $count($sources[changed or published_version != %s]) > 0"
                .formatted(Jsonata.quote(plan.version()));
        return Choice.between(Rule.when(Jsonata.of(due)).next("TransformData")).otherwise("NothingToDo");
    }

    Succeed nothingToDo() {
        return Succeed.create().output(Payload.with("published", false));
    }
}
