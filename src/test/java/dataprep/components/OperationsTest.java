package dataprep.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dataprep.RecordedStack;
import dataprep.RecordedStack.Registered;
import dataprep.settings.StackFiles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsTest {
    private static final String ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
    private static final String ARN = "arn:aws:%s:eu-central-1:123456789012:%s";

    private static RecordedStack stack;

    @BeforeAll
    static void deploy() {
        stack = RecordedStack.deploy(StackFiles.settings("dev", StackFiles.EVERYTHING_ON));
    }

    @Test
    void monitoringIsOffByDefault() {
        var quiet = RecordedStack.deploy(StackFiles.settings("dev"));
        for (var type : List.of(ALARM, "aws:cloudwatch/dashboard:Dashboard", "aws:budgets/budget:Budget")) {
            assertEquals(List.of(), quiet.ofType(type));
        }
        assertFalse(quiet.outputs().containsKey("alarm_topic"));
    }

    @Test
    void everyAlarmIsOnAMetricOfThisStackAlone() {
        var dimensions = stack.ofType(ALARM).stream()
                .filter(alarm -> alarm.inputs().containsKey("dimensions"))
                .collect(Collectors.toMap(
                        Registered::name, alarm -> alarm.inputs().get("dimensions")));
        var machine = Map.of("StateMachineArn", ARN.formatted("states", "stateMachine:dataPreparationStateMachine"));
        assertEquals(
                Map.of(
                        "runsFailed", machine,
                        "runsTimedOut", machine,
                        "runsThrottled", machine,
                        "dataStale", Map.of("Stack", "data-preparation-dev"),
                        "extractFailed", Map.of("FunctionName", "dataExtractionLambda"),
                        "extractSlow", Map.of("FunctionName", "dataExtractionLambda"),
                        "transformFailed", Map.of("RuleName", "failedJobs"),
                        "rowsRejected", Map.of("Stack", "data-preparation-dev"),
                        "startsLost", Map.of("QueueName", "startDeadLetters")),
                dimensions);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            runsFailed      | AWS/States | ExecutionsFailed      | Sum     | GreaterThanOrEqualToThreshold | 1      | 300  | 1  | notBreaching
            dataStale       | DataPreparation | UpToDate         | Maximum | LessThanThreshold             | 1      | 3600 | 28 | breaching
            extractSlow     | AWS/Lambda | Duration              | Maximum | GreaterThanOrEqualToThreshold | 810000 | 300  | 1  | notBreaching
            transformFailed | AWS/Events | TriggeredRules        | Sum     | GreaterThanOrEqualToThreshold | 1      | 300  | 1  | notBreaching
            rowsRejected    | DataPreparation | RejectedPercent  | Maximum | GreaterThanOrEqualToThreshold | 5.01   | 300  | 1  | notBreaching
            startsLost      | AWS/SQS    | ApproximateNumberOfMessagesVisible | Maximum | GreaterThanOrEqualToThreshold | 1 | 300 | 1 | notBreaching
            """)
    void anAlarmGoesOffByItsMetric(
            String name,
            String namespace,
            String metric,
            String statistic,
            String comparison,
            double threshold,
            double period,
            double periods,
            String missing) {
        var alarm = stack.named(ALARM, name).inputs();
        assertEquals(
                List.of(namespace, metric, statistic, comparison, threshold, period, periods, periods, missing),
                List.of(
                        alarm.get("namespace"),
                        alarm.get("metricName"),
                        alarm.get("statistic"),
                        alarm.get("comparisonOperator"),
                        alarm.get("threshold"),
                        alarm.get("period"),
                        alarm.get("evaluationPeriods"),
                        alarm.get("datapointsToAlarm"),
                        alarm.get("treatMissingData")));
        assertEquals(List.of(ARN.formatted("sns", "alarmTopic")), alarm.get("alarmActions"));
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Anomaly_Detection_Alarm.html */
    @Test
    void anUnusualFractionOfQuarantinedRowsRaisesAnAlarm() {
        var alarm = stack.named(ALARM, "rowsRejectedUnusually").inputs();
        var queries = (List<?>) alarm.get("metricQueries");
        var share = Map.of(
                "namespace", "DataPreparation",
                "metricName", "RejectedPercent",
                "dimensions", Map.of("Stack", "data-preparation-dev"),
                "stat", "Maximum",
                "period", 86_400.0);
        assertEquals(
                List.of(
                        Map.of(
                                "id", "usual",
                                "label", "expected band",
                                "expression", "ANOMALY_DETECTION_BAND(observed, 3)",
                                "returnData", true),
                        Map.of("id", "observed", "metric", share, "returnData", true)),
                queries);
        assertEquals("usual", alarm.get("thresholdMetricId"));
        assertEquals("GreaterThanUpperThreshold", alarm.get("comparisonOperator"));
        assertEquals("notBreaching", alarm.get("treatMissingData"));
        assertEquals(List.of(ARN.formatted("sns", "alarmTopic")), alarm.get("alarmActions"));
        // CloudWatch refuses an alarm with either beside queries
        assertFalse(alarm.containsKey("threshold") || alarm.containsKey("metricName"));
    }

    @Test
    void noAlarmSendsAMessageForInsufficientData() {
        stack.ofType(ALARM).forEach(alarm -> assertFalse(alarm.inputs().containsKey("insufficientDataActions")));
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
    @Test
    void noAlarmLooksBackFurtherThanCloudWatchDoes() {
        var weekly = StackFiles.settings("dev", Map.of("alarms", "true", "freshnessHours", "168"));
        for (var rule : AlarmRule.of(StackFiles.onlyDataset(weekly))) {
            assertTrue(rule.periodSeconds() * rule.periods() <= 7 * 24 * 3_600, rule.name());
        }
    }

    @Test
    void withoutAScheduleAndAnAgeThereIsNoStaleDataAlarm() {
        var settings = StackFiles.settings("dev", Map.of("alarms", "true"));
        var names = Stream.concat(
                        AlarmRule.of(StackFiles.onlyDataset(settings)).stream(),
                        AlarmRule.ofStack(settings, false).stream())
                .map(AlarmRule::name)
                .collect(Collectors.toSet());
        assertFalse(names.contains("dataStale"));
        assertFalse(names.contains("startsLost"));
    }

    @Test
    void anAlarmsNameContainsItsStack() {
        for (var alarm : stack.ofType(ALARM)) {
            assertEquals("data-preparation-dev-" + alarm.name(), alarm.inputs().get("name"));
        }
    }

    @Test
    void recoveryIsReportedToTheTopicOfTheFailure() {
        var alarm = stack.named(ALARM, "lastRunFailed").inputs();
        assertEquals(List.of(ARN.formatted("sns", "failureTopic")), alarm.get("okActions"));
        assertFalse(alarm.containsKey("alarmActions"));
        assertEquals("ignore", alarm.get("treatMissingData"));
    }

    @Test
    void aFailedJobIsCountedByARule() {
        var pattern =
                stack.named("aws:cloudwatch/eventRule:EventRule", "failedJobs").json("eventPattern");
        assertEquals("[\"aws.glue\"]", pattern.path("source").toString());
        assertEquals(
                "[\"dataTransformationJob\"]", pattern.at("/detail/jobName").toString());
        assertEquals(
                "[\"FAILED\",\"STOPPED\",\"TIMEOUT\"]",
                pattern.at("/detail/state").toString());
    }

    @Test
    void theAlarmTopicAcceptsCloudWatchAndBudgetsOfThisAccount() {
        var policy = stack.named("aws:sns/topicPolicy:TopicPolicy", "alarmTopicPolicy")
                .json("policy");
        assertEquals(
                "[\"cloudwatch.amazonaws.com\"]",
                policy.at("/Statement/0/Principal/Service").toString());
        assertEquals(
                "[\"budgets.amazonaws.com\"]",
                policy.at("/Statement/1/Principal/Service").toString());
        for (var statement : List.of(policy.at("/Statement/0"), policy.at("/Statement/1"))) {
            assertEquals(
                    RecordedStack.ACCOUNT,
                    statement.at("/Condition/StringEquals/aws:SourceAccount/0").asText());
        }
        assertEquals("Deny", policy.at("/Statement/2/Effect").asText());
        var email = stack.named("aws:sns/topicSubscription:TopicSubscription", "alarmEmail")
                .inputs();
        assertEquals("on-call@example.org", email.get("endpoint"));
        assertEquals(ARN.formatted("sns", "alarmTopic"), stack.output("alarm_topic"));
    }

    @Test
    void theBudgetCountsResourcesWithTheStacksTag() {
        var budget = stack.named("aws:budgets/budget:Budget", "budget").inputs();
        assertEquals("50", budget.get("limitAmount"));
        assertEquals(
                List.of(Map.of("name", "TagKeyValue", "values", List.of("user:stack$data-preparation-dev"))),
                budget.get("costFilters"));
        assertEquals(2, ((List<?>) budget.get("notifications")).size());
    }

    @Test
    void theDashboardShowsEveryMetricThatRunsWrite() {
        var dashboard = stack.named("aws:cloudwatch/dashboard:Dashboard", "dashboard");
        assertEquals("data-preparation-dev", dashboard.inputs().get("dashboardName"));
        var body = dashboard.json("dashboardBody");
        var text = body.toString();
        for (var metric : List.of("RowsIn", "RowsOut", "RowsQuarantined", "RejectedPercent", "DpuHours")) {
            assertTrue(
                    text.contains("\"DataPreparation\",\"%s\",\"Stack\",\"data-preparation-dev\"".formatted(metric)),
                    text);
        }
        assertTrue(text.contains("SOURCE '/aws/vendedlogs/states/data-preparation-dev/workflow'"), text);
        assertEquals(
                Set.of("metric", "log"),
                body.path("widgets").findValuesAsText("type").stream().collect(Collectors.toSet()));
    }
}
