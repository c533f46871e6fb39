package dataprep.cli.acceptance;

import dataprep.cli.acceptance.AcceptanceReport.Finding;
import dataprep.workflow.RunMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.glue.model.JobRunState;

/**
 * Checks the metrics and the alarms of the acceptance runs.
 *
 * @param since when the acceptance began
 */
public record AcceptanceMetrics(AcceptanceStack stack, AcceptanceReport report, Instant since) {
    private static final int MINUTE = 60;
    private static final Duration CLOCK = Duration.ofMinutes(1);
    private static final String NO_ALARMS = "the stack has no alarms; set `alarms: true`";

    public void check() throws InterruptedException {
        var machine = stack.output("state_machine_arn");
        report.check(Assumption.EXECUTION_METRICS, () -> {
            var succeeded = await("AWS/States", "ExecutionsSucceeded", "StateMachineArn", machine);
            var failed = await("AWS/States", "ExecutionsFailed", "StateMachineArn", machine);
            return Finding.of(succeeded > 0 && failed > 0, "%.0f succeeded, %.0f failed".formatted(succeeded, failed));
        });
        report.check(Assumption.ROW_METRICS, () -> {
            if (alarm("rowsRejected").isEmpty()) {
                return Finding.notChecked(NO_ALARMS);
            }
            var rows = await(RunMetrics.NAMESPACE, RunMetrics.ROWS_IN, RunMetrics.DIMENSION, stack.name());
            return Finding.of(rows > 0, "%.0f rows".formatted(rows));
        });
        report.check(Assumption.FAILURE_ALARM, () -> {
            if (alarm("runsFailed").isEmpty()) {
                return Finding.notChecked(NO_ALARMS);
            }
            var state = stack.await(() -> alarm("runsFailed").orElseThrow().stateValue(), StateValue.ALARM::equals);
            return Finding.of(state == StateValue.ALARM, "runsFailed is in " + state);
        });
        report.check(Assumption.TRIGGERED_RULES, this::failedJob);
    }

    /** Starts a job run without arguments, which fails immediately. */
    private Finding failedJob() throws Exception {
        var alarm = alarm("transformFailed");
        if (alarm.isEmpty()) {
            return Finding.notChecked(NO_ALARMS);
        }
        var glue = stack.clients().glue();
        var job = stack.output("transformation_job");
        var run = glue.startJobRun(request -> request.jobName(job).arguments(Map.of("--run_id", "acceptance")))
                .jobRunId();
        var ended = stack.await(
                () -> glue.getJobRun(request -> request.jobName(job).runId(run))
                        .jobRun()
                        .jobRunState(),
                state -> state == JobRunState.FAILED);
        var dimension = alarm.get().dimensions().get(0);
        var found = await("AWS/Events", "TriggeredRules", dimension.name(), dimension.value());
        return Finding.of(found > 0, "job run %s, %.0f triggered".formatted(ended, found));
    }

    private Optional<MetricAlarm> alarm(String name) {
        return stack
                .clients()
                .cloudWatch()
                .describeAlarms(request -> request.alarmNames("%s-%s".formatted(stack.name(), name)))
                .metricAlarms()
                .stream()
                .findFirst();
    }

    private double await(String namespace, String metric, String dimension, String value) throws Exception {
        return stack.await(() -> sum(namespace, metric, dimension, value), sum -> sum > 0);
    }

    private double sum(String namespace, String metric, String dimension, String value) {
        return stack
                .clients()
                .cloudWatch()
                .getMetricStatistics(request -> request.namespace(namespace)
                        .metricName(metric)
                        .dimensions(
                                Dimension.builder().name(dimension).value(value).build())
                        .startTime(since.minus(CLOCK))
                        .endTime(Instant.now().plus(CLOCK))
                        .period(MINUTE)
                        .statistics(Statistic.SUM))
                .datapoints()
                .stream()
                .mapToDouble(Datapoint::sum)
                .sum();
    }
}
