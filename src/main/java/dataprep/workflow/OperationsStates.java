package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.Rule;
import dataprep.asl.StateMachine;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import java.util.List;

/** What a run tells of itself once it has published; none of this can make it fail any more. */
record OperationsStates(Watching watching, Resources resources) {
    private static final String LAST = "Published";
    private static final String DPU_HOURS = "dpuHours";

    /** The state that follows the publish. */
    String first() {
        return watching.metrics() ? "RecordMetrics" : "QualityWarnings";
    }

    StateMachine addTo(StateMachine machine) {
        var extended = watching.metrics() ? machine.state("RecordMetrics", recordMetrics()) : machine;
        extended = extended.state("QualityWarnings", qualityWarnings()).state("NotifyWarning", notifyWarning());
        return watching.webhook() ? extended.state("PostWarning", postWarning()) : extended;
    }

    /** Keeps what the job consumed, if it is to be written as a metric. */
    Task metered(Task transformData) {
        var consumed = Jsonata.of("($exists($states.result.DPUSeconds) ? $states.result.DPUSeconds"
                + " : $states.result.ExecutionTime * ($exists($states.result.MaxCapacity)"
                + " ? $states.result.MaxCapacity : $states.result.NumberOfWorkers)) / 3600");
        return watching.metrics() ? transformData.assign(DPU_HOURS, consumed) : transformData;
    }

    private Task recordMetrics() {
        var put = Statement.allow("cloudwatch:PutMetricData")
                .on("*")
                .when("StringEquals", "cloudwatch:namespace", RunMetrics.NAMESPACE);
        var rejected = "$quality.rows_in = 0 ? 0 : $round(100 * $quality.rows_quarantined / $quality.rows_in, 2)";
        return Task.awsSdk("cloudwatch", "putMetricData", put)
                .argument("Namespace", RunMetrics.NAMESPACE)
                .argument(
                        "MetricData",
                        List.of(
                                metric(RunMetrics.ROWS_IN, "Count", "$quality.rows_in"),
                                metric(RunMetrics.ROWS_OUT, "Count", "$quality.rows_out"),
                                metric(RunMetrics.ROWS_QUARANTINED, "Count", "$quality.rows_quarantined"),
                                metric(RunMetrics.REJECTED_PERCENT, "Percent", rejected),
                                metric(RunMetrics.DPU_HOURS, "None", "$" + DPU_HOURS)))
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .retry(Retries.of(List.of(Errors.TASK_FAILED)))
                .catching(Catch.all().next("QualityWarnings"))
                .next("QualityWarnings");
    }

    private Payload metric(String name, String unit, String value) {
        var dimension = Payload.with("Name", RunMetrics.DIMENSION).and("Value", watching.stack());
        return Payload.with("MetricName", name)
                .and("Dimensions", List.of(dimension))
                .and("Unit", unit)
                .and("Value", Jsonata.of(value));
    }

    private Choice qualityWarnings() {
        var any = Jsonata.of("$count(%s) > 0".formatted(Messages.warnings()));
        return Choice.between(Rule.when(any).next("NotifyWarning")).otherwise(LAST);
    }

    private Task notifyWarning() {
        var next = watching.webhook() ? "PostWarning" : LAST;
        return Task.snsPublish(resources.failureTopicArn())
                .argument("Subject", messages().warningSubject())
                .argument("Message", messages().warning())
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .retry(Retries.of(List.of(Errors.TASK_FAILED)))
                .catching(Catch.all().next(next))
                .next(next);
    }

    private Task postWarning() {
        return post(messages().warningSubject(), messages().warning())
                .catching(Catch.all().next(LAST))
                .next(LAST);
    }

    /** Hands a message to EventBridge, whose rule takes it to the webhook. */
    Task post(Jsonata subject, Jsonata text) {
        var bus = resources.arn("events", "event-bus/default");
        var put = Statement.allow("events:PutEvents")
                .on(bus)
                .when("StringEquals", "events:source", Watching.EVENT_SOURCE);
        var detail =
                Payload.with("stack", watching.stack()).and("subject", subject).and("text", text);
        var entry = Payload.with("Source", Watching.EVENT_SOURCE)
                .and("DetailType", Watching.EVENT_TYPE)
                .and("Detail", detail);
        return Task.eventsPut(put)
                .argument("Entries", List.of(entry))
                .timeoutSeconds(Run.API_CALL_SECONDS)
                .retry(Retries.of(List.of(Errors.TASK_FAILED)));
    }

    private Messages messages() {
        return new Messages(watching, resources);
    }
}
