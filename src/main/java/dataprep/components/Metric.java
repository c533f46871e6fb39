package dataprep.components;

import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryMetricArgs;
import com.pulumi.core.Output;
import dataprep.workflow.RunMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A CloudWatch metric of a monitored resource, and its statistic.
 *
 * @param dimension the one dimension that selects this stack's data points
 * @param subject the dimension's value
 */
record Metric(
        String namespace,
        String name,
        String dimension,
        Function<MonitoredResources, String> subject,
        String statistic) {
    static final Metric EXECUTION_TIME = new Metric(
            "AWS/States", "ExecutionTime", "StateMachineArn", MonitoredResources::stateMachineArn, "Average");
    static final Metric FUNCTION_ERRORS =
            new Metric("AWS/Lambda", "Errors", "FunctionName", MonitoredResources::function, "Sum");
    static final Metric FUNCTION_DURATION =
            new Metric("AWS/Lambda", "Duration", "FunctionName", MonitoredResources::function, "Maximum");
    /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html: rules count what they match. */
    static final Metric FAILED_JOBS =
            new Metric("AWS/Events", "TriggeredRules", "RuleName", MonitoredResources::failedJobsRule, "Sum");

    static final Metric DEAD_LETTERS = new Metric(
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            "QueueName",
            MonitoredResources::deadLetterQueue,
            "Maximum");

    /** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
    static Metric executions(String name) {
        return new Metric("AWS/States", name, "StateMachineArn", MonitoredResources::stateMachineArn, "Sum");
    }

    /** @param name one of {@link RunMetrics} */
    static Metric ofRun(String name) {
        return new Metric(RunMetrics.NAMESPACE, name, RunMetrics.DIMENSION, MonitoredResources::pipeline, "Maximum");
    }

    private Map<String, String> dimensions(MonitoredResources monitored) {
        return Map.of(dimension, subject.apply(monitored));
    }

    /** Sets the metric of an alarm. */
    MetricAlarmArgs.Builder inAlarm(
            MetricAlarmArgs.Builder alarm, Output<MonitoredResources> monitored, int periodSeconds) {
        return alarm.namespace(namespace)
                .metricName(name)
                .dimensions(monitored.applyValue(this::dimensions))
                .statistic(statistic)
                .period(periodSeconds);
    }

    /** Returns the metric as one of several queries of an alarm. */
    MetricAlarmMetricQueryArgs.Builder inQuery(String id, Output<MonitoredResources> monitored, int periodSeconds) {
        return MetricAlarmMetricQueryArgs.builder()
                .id(id)
                .metric(MetricAlarmMetricQueryMetricArgs.builder()
                        .namespace(namespace)
                        .metricName(name)
                        .dimensions(monitored.applyValue(this::dimensions))
                        .stat(statistic)
                        .period(periodSeconds)
                        .build());
    }

    /** Returns the metric as a dashboard widget lists it. */
    List<Object> inWidget(MonitoredResources monitored, String label) {
        var options = new LinkedHashMap<String, Object>();
        options.put("label", label);
        options.put("stat", statistic);
        return List.of(namespace, name, dimension, subject.apply(monitored), options);
    }
}
