package dataprep.components;

import com.pulumi.aws.cloudwatch.MetricAlarm;
import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dataprep.settings.DatasetSettings;
import dataprep.workflow.RunMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CloudWatch alarms: one for each rule, and one that reports when runs succeed again. */
final class Alarms {
    private static final int FIVE_MINUTES = 300;
    private static final String RECOVERY = "lastRunFailed";
    private static final String SUCCEEDED = "succeeded";
    private static final Map<String, String> FAILURES = failures();

    private Alarms() {}

    static void create(
            String pipeline,
            String qualifier,
            AlarmRule rule,
            Output<MonitoredResources> monitored,
            Output<String> topicArn,
            Resource parent) {
        var alarm = MetricAlarmArgs.builder()
                .name(name(pipeline, rule.name()))
                .alarmDescription(rule.description())
                .comparisonOperator(rule.threshold().comparison())
                .evaluationPeriods(rule.periods())
                .datapointsToAlarm(rule.periods())
                .treatMissingData(rule.threshold().missingData())
                .alarmActions(topicArn.applyValue(List::of));
        new MetricAlarm(
                qualifier + rule.name(),
                rule.threshold()
                        .compare(alarm, rule.metric(), monitored, rule.periodSeconds())
                        .build(),
                CustomResourceOptions.builder().parent(parent).build());
    }

    /**
     * An alarm that stays in ALARM from a failed run to the next successful one, and then reports OK. The failure
     * itself has its own message.
     */
    static void createRecovery(
            DatasetSettings.Place place,
            Output<MonitoredResources> monitored,
            Output<String> topicArn,
            Resource parent) {
        var queries = new ArrayList<MetricAlarmMetricQueryArgs>();
        queries.add(MetricAlarmMetricQueryArgs.builder()
                .id("cameToNothing")
                .label("1 after a failed run, 0 after a successful run")
                .expression("IF(FILL(%s, 0) > 0, 0, IF(%s > 0, 1))".formatted(SUCCEEDED, sum()))
                .returnData(true)
                .build());
        queries.add(query(SUCCEEDED, Metric.ofRun(RunMetrics.UP_TO_DATE), monitored));
        FAILURES.forEach((id, metric) -> queries.add(query(id, Metric.executions(metric), monitored)));
        new MetricAlarm(
                place.qualifier() + RECOVERY,
                MetricAlarmArgs.builder()
                        .name(name(place.pipeline(), RECOVERY))
                        .alarmDescription("OK: a data preparation run succeeded again. ALARM: the last run failed.")
                        .metricQueries(queries)
                        .comparisonOperator("GreaterThanOrEqualToThreshold")
                        .threshold(1.0)
                        .evaluationPeriods(1)
                        .treatMissingData("ignore")
                        .okActions(topicArn.applyValue(List::of))
                        .build(),
                CustomResourceOptions.builder().parent(parent).build());
    }

    /** The part of the alarm's name that the message's subject shows. */
    static String name(String pipeline, String alarm) {
        return pipeline + "-" + alarm;
    }

    private static String sum() {
        var terms = FAILURES.keySet().stream().map("FILL(%s, 0)"::formatted).toList();
        return String.join(" + ", terms);
    }

    private static MetricAlarmMetricQueryArgs query(String id, Metric metric, Output<MonitoredResources> monitored) {
        return metric.inQuery(id, monitored, FIVE_MINUTES).returnData(false).build();
    }

    private static Map<String, String> failures() {
        var failures = new LinkedHashMap<String, String>();
        failures.put("failed", "ExecutionsFailed");
        failures.put("timedOut", "ExecutionsTimedOut");
        failures.put("aborted", "ExecutionsAborted");
        return failures;
    }
}
