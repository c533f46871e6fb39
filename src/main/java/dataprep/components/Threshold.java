package dataprep.components;

import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.core.Output;
import java.util.List;

/** The threshold of an alarm. */
sealed interface Threshold {
    /** CloudWatch's comparison operator. */
    String comparison();

    /** CloudWatch's treatment of missing data. */
    String missingData();

    /** Sets the metric, the period in seconds and the threshold of an alarm. */
    MetricAlarmArgs.Builder compare(
            MetricAlarmArgs.Builder alarm, Metric metric, Output<MonitoredResources> monitored, int periodSeconds);

    /** Goes off at this value or above. */
    static Threshold atLeast(double value) {
        return new Fixed("GreaterThanOrEqualToThreshold", "notBreaching", value);
    }

    /** Goes off below this value; missing data counts as breaching, because absence is the problem. */
    static Threshold below(double value) {
        return new Fixed("LessThanThreshold", "breaching", value);
    }

    /** A constant threshold. */
    record Fixed(String comparison, String missingData, double value) implements Threshold {
        @Override
        public MetricAlarmArgs.Builder compare(
                MetricAlarmArgs.Builder alarm, Metric metric, Output<MonitoredResources> monitored, int periodSeconds) {
            return metric.inAlarm(alarm, monitored, periodSeconds).threshold(value);
        }
    }

    /**
     * An anomaly detection band, which CloudWatch learns from up to two weeks of data. Until it has enough data, the
     * alarm is in INSUFFICIENT_DATA and sends no message.
     * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
     *
     * @param deviations the width of the band in standard deviations
     */
    record AboveUsual(int deviations) implements Threshold {
        private static final String OBSERVED = "observed";
        private static final String USUAL = "usual";

        @Override
        public String comparison() {
            return "GreaterThanUpperThreshold";
        }

        @Override
        public String missingData() {
            return "notBreaching";
        }

        @Override
        public MetricAlarmArgs.Builder compare(
                MetricAlarmArgs.Builder alarm, Metric metric, Output<MonitoredResources> monitored, int periodSeconds) {
            var usual = MetricAlarmMetricQueryArgs.builder()
                    .id(USUAL)
                    .label("expected band")
                    .expression("ANOMALY_DETECTION_BAND(%s, %d)".formatted(OBSERVED, deviations))
                    .returnData(true)
                    .build();
            var observed = metric.inQuery(OBSERVED, monitored, periodSeconds)
                    .returnData(true)
                    .build();
            return alarm.metricQueries(List.of(usual, observed)).thresholdMetricId(USUAL);
        }
    }
}
