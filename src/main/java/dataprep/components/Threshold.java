package dataprep.components;

import com.pulumi.aws.cloudwatch.MetricAlarmArgs;
import com.pulumi.aws.cloudwatch.inputs.MetricAlarmMetricQueryArgs;
import com.pulumi.core.Output;
import java.util.List;

/** What an alarm compares its metric with. */
sealed interface Threshold {
    /** When the alarm goes off, as CloudWatch names it. */
    String comparison();

    /** What a period without data is taken for. */
    String missingData();

    /** Adds the metric over periods of so many seconds, and the threshold itself. */
    MetricAlarmArgs.Builder compare(
            MetricAlarmArgs.Builder alarm, Metric metric, Output<MonitoredResources> watched, int periodSeconds);

    /** A value that must not be reached. */
    static Threshold atLeast(double value) {
        return new Fixed("GreaterThanOrEqualToThreshold", "notBreaching", value);
    }

    /** A value that must be reached; where it is the lack of something that counts, no data is the worst. */
    static Threshold below(double value) {
        return new Fixed("LessThanThreshold", "breaching", value);
    }

    /** A value that does not depend on what was. */
    record Fixed(String comparison, String missingData, double value) implements Threshold {
        @Override
        public MetricAlarmArgs.Builder compare(
                MetricAlarmArgs.Builder alarm, Metric metric, Output<MonitoredResources> watched, int periodSeconds) {
            return metric.inAlarm(alarm, watched, periodSeconds).threshold(value);
        }
    }

    /**
     * What is usual for the metric, as CloudWatch learns it from up to two weeks. As long as it has seen too little the
     * alarm has insufficient data, of which it tells nobody.
     * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
     *
     * @param deviations how many standard deviations above what is expected are still usual
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
                MetricAlarmArgs.Builder alarm, Metric metric, Output<MonitoredResources> watched, int periodSeconds) {
            var usual = MetricAlarmMetricQueryArgs.builder()
                    .id(USUAL)
                    .label("what is usual")
                    .expression("ANOMALY_DETECTION_BAND(%s, %d)".formatted(OBSERVED, deviations))
                    .returnData(true)
                    .build();
            var observed = metric.inQuery(OBSERVED, watched, periodSeconds)
                    .returnData(true)
                    .build();
            return alarm.metricQueries(List.of(usual, observed)).thresholdMetricId(USUAL);
        }
    }
}
