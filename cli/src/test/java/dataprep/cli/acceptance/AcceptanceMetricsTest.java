package dataprep.cli.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dataprep.cli.acceptance.AcceptanceReport.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetJobRunRequest;
import software.amazon.awssdk.services.glue.model.GetJobRunResponse;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;
import software.amazon.awssdk.services.glue.model.StartJobRunRequest;
import software.amazon.awssdk.services.glue.model.StartJobRunResponse;

/** With fake clients for APIs that the local AWS does not have. */
class AcceptanceMetricsTest {
    private static final Set<Assumption> OF_METRICS = EnumSet.of(
            Assumption.EXECUTION_METRICS, Assumption.ROW_METRICS, Assumption.TRIGGERED_RULES, Assumption.FAILURE_ALARM);
    private static final Map<String, String> OUTPUTS =
            Map.of("state_machine_arn", "arn:aws:states:eu-west-1:1:stateMachine:m", "transformation_job", "job");

    private final CloudWatchClient cloudWatch = mock();
    private final GlueClient glue = mock();
    private final AcceptanceReport report = new AcceptanceReport(false);

    @Test
    void theMetricsOfTheAlarmsAreFound() throws Exception {
        alarms(MetricAlarm.builder()
                .stateValue(StateValue.ALARM)
                .dimensions(
                        Dimension.builder().name("RuleName").value("failedJobs").build())
                .build());
        when(cloudWatch.getMetricStatistics(AcceptanceMetricsTest.<GetMetricStatisticsRequest.Builder>anyRequest()))
                .thenReturn(GetMetricStatisticsResponse.builder()
                        .datapoints(Datapoint.builder().sum(3.0).build())
                        .build());
        when(glue.startJobRun(AcceptanceMetricsTest.<StartJobRunRequest.Builder>anyRequest()))
                .thenReturn(StartJobRunResponse.builder().jobRunId("jr_1").build());
        when(glue.getJobRun(AcceptanceMetricsTest.<GetJobRunRequest.Builder>anyRequest()))
                .thenReturn(GetJobRunResponse.builder()
                        .jobRun(JobRun.builder().jobRunState(JobRunState.FAILED).build())
                        .build());
        check();
        assertEquals(OF_METRICS, report.of(Verdict.HOLDS));
    }

    @Test
    void withoutAlarmsTheirMetricsAreNotChecked() throws Exception {
        alarms();
        when(cloudWatch.getMetricStatistics(AcceptanceMetricsTest.<GetMetricStatisticsRequest.Builder>anyRequest()))
                .thenReturn(GetMetricStatisticsResponse.builder()
                        .datapoints(Datapoint.builder().sum(3.0).build())
                        .build());
        check();
        assertEquals(Set.of(Assumption.EXECUTION_METRICS), report.of(Verdict.HOLDS));
        assertEquals(3, report.of(Verdict.NOT_CHECKED).size());
    }

    private void alarms(MetricAlarm... alarms) {
        when(cloudWatch.describeAlarms(AcceptanceMetricsTest.<DescribeAlarmsRequest.Builder>anyRequest()))
                .thenReturn(DescribeAlarmsResponse.builder()
                        .metricAlarms(List.of(alarms))
                        .build());
    }

    private void check() throws InterruptedException {
        var clients = new AcceptanceStack.Clients(null, cloudWatch, null, glue, null, null);
        var stack = new AcceptanceStack("data-preparation-dev", false, null, OUTPUTS, null, clients);
        new AcceptanceMetrics(stack, report, Instant.EPOCH).check();
    }

    private static <B> Consumer<B> anyRequest() {
        return any();
    }
}
