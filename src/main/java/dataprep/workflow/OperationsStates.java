package dataprep.workflow;

import dataprep.asl.Catch;
import dataprep.asl.Choice;
import dataprep.asl.ChoiceRule;
import dataprep.asl.Errors;
import dataprep.asl.Jsonata;
import dataprep.asl.Payload;
import dataprep.asl.StateMachine;
import dataprep.asl.Task;
import dataprep.iam.Statement;
import dataprep.settings.MonitoringSettings;
import java.util.List;

/** The messages and metrics of a run after it has published; their errors do not fail the run. */
record OperationsStates(MonitoringSettings monitoring, ResourceNames resources) {
    private static final String NEXT = "ListRuns";
    private static final String TRANSFORMED = "TransformEnded";
    private static final String CONSUMED = "($exists($states.input.DPUSeconds) ? $states.input.DPUSeconds"
            + " : $states.input.ExecutionTime * ($exists($states.input.MaxCapacity) ? $states.input.MaxCapacity"
            + " : $states.input.NumberOfWorkers)) / 3600";

    private static final String REJECTED =
            "$quality.rows_in = 0 ? 0 : $round(100 * $quality.rows_quarantined / $quality.rows_in, 2)";

    /** The first state after the publication. */
    String first() {
        return monitoring.metrics() ? "OwnData" : "QualityWarnings";
    }

    /** Records the job's consumption after its end, if metrics are enabled. */
    Task before(Task transformData) {
        return monitoring.metrics() ? transformData.next("RecordConsumption") : transformData;
    }

    /** The first state if no source has changed. */
    String nothingToDo() {
        return monitoring.metrics() ? "RecordUpToDate" : "NothingToDo";
    }

    StateMachine addTo(StateMachine machine) {
        var extended = machine.state("QualityWarnings", qualityWarnings()).state("NotifyWarning", notifyWarning());
        if (monitoring.metrics()) {
            extended = extended.state("RecordConsumption", recordConsumption())
                    .state(
                            "OwnData",
                            Choice.between(ChoiceRule.when(Jsonata.of(ExecutionContext.IS_NEW_RUN))
                                            .next("RecordRows"))
                                    .otherwise(NEXT))
                    .state("RecordRows", recordRows())
                    .state("RecordUpToDate", record("NothingToDo", upToDate()));
        }
        return monitoring.webhook() ? extended.state("PostWarning", postWarning()) : extended;
    }

    private Task recordConsumption() {
        return record(TRANSFORMED, metric(RunMetrics.DPU_HOURS, "None", CONSUMED));
    }

    private Task recordRows() {
        return record(
                "QualityWarnings",
                upToDate(),
                metric(RunMetrics.ROWS_IN, "Count", "$quality.rows_in"),
                metric(RunMetrics.ROWS_OUT, "Count", "$quality.rows_out"),
                metric(RunMetrics.ROWS_QUARANTINED, "Count", "$quality.rows_quarantined"),
                metric(RunMetrics.REJECTED_PERCENT, "Percent", REJECTED));
    }

    private Task record(String next, Payload... metrics) {
        var put = Statement.allow("cloudwatch:PutMetricData")
                .on("*")
                .when("StringEquals", "cloudwatch:namespace", RunMetrics.NAMESPACE);
        return Task.awsSdk("cloudwatch", "putMetricData", put)
                .inPartition(resources.partition())
                .argument("Namespace", RunMetrics.NAMESPACE)
                .argument("MetricData", List.of(metrics))
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(Retries.of(List.of(Errors.TASK_FAILED)))
                .catching(Catch.all().next(next))
                .next(next);
    }

    private Payload upToDate() {
        return metric(RunMetrics.UP_TO_DATE, "Count", "1");
    }

    private Payload metric(String name, String unit, String value) {
        var dimension = Payload.with("Name", RunMetrics.DIMENSION).and("Value", monitoring.name());
        return Payload.with("MetricName", name)
                .and("Dimensions", List.of(dimension))
                .and("Unit", unit)
                .and("Value", Jsonata.of(value));
    }

    /** A rollback sends no messages: the earlier run has already sent them. */
    private Choice qualityWarnings() {
        var any = Jsonata.of("%s and $count(%s) > 0".formatted(ExecutionContext.IS_NEW_RUN, Messages.warnings()));
        return Choice.between(ChoiceRule.when(any).next("NotifyWarning")).otherwise(NEXT);
    }

    private Task notifyWarning() {
        var next = monitoring.webhook() ? "PostWarning" : NEXT;
        return Task.snsPublish(resources.failureTopicArn())
                .argument("Subject", messages().warningSubject())
                .argument("Message", messages().warning())
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(Retries.of(List.of(Errors.TASK_FAILED)))
                .catching(Catch.all().next(next))
                .next(next);
    }

    private Task postWarning() {
        return post(messages().warningSubject(), messages().warning())
                .catching(Catch.all().next(NEXT))
                .next(NEXT);
    }

    /** Puts a message on the event bus; a rule posts it to the webhook. */
    Task post(Jsonata subject, Jsonata text) {
        var bus = resources.arn("events", "event-bus/default");
        var put = Statement.allow("events:PutEvents")
                .on(bus)
                .when("StringEquals", "events:source", MonitoringSettings.EVENT_SOURCE);
        var detail = Payload.with("stack", monitoring.stack())
                .and("subject", subject)
                .and("text", escaped(text));
        var entry = Payload.with("Source", MonitoringSettings.EVENT_SOURCE)
                .and("DetailType", MonitoringSettings.EVENT_TYPE)
                .and("Detail", detail);
        return Task.eventsPut(put)
                .argument("Entries", List.of(entry))
                .timeoutSeconds(ExecutionContext.API_CALL_SECONDS)
                .retry(Retries.of(List.of(Errors.TASK_FAILED)));
    }

    /** Messages contain data, such as a server's response or a file's name. */
    private Jsonata escaped(Jsonata text) {
        return monitoring.escapesMarkup()
                ? Jsonata.of("(%s) ~> $replace('&', '&amp;') ~> $replace('<', '&lt;') ~> $replace('>', '&gt;')"
                        .formatted(text.expression()))
                : text;
    }

    private Messages messages() {
        return new Messages(monitoring, resources);
    }
}
