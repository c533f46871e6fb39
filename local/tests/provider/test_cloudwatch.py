"""CloudWatch alarms."""

from .engine import Engine, Properties


def test_an_alarm_on_an_expression_is_written_and_read_back(engine: Engine) -> None:
    metric = {"metricName": "Errors", "namespace": "AWS/Lambda", "period": 60, "stat": "Sum"}
    queries: list[Properties] = [
        {"id": "errors", "metric": {**metric, "dimensions": {"FunctionName": "extract"}}},
        {"id": "rate", "expression": "errors / 60", "label": "rate", "returnData": True},
    ]
    program = {"comparisonOperator": "GreaterThanThreshold", "evaluationPeriods": 1, "metricQueries": queries}

    alarm = engine.create("aws:cloudwatch/metricAlarm:MetricAlarm", "rate", {**program, "threshold": 1})

    assert alarm.outputs["metricQueries"][0]["metric"] == queries[0]["metric"]
    assert alarm.outputs["metricQueries"][1]["expression"] == "errors / 60"
    assert engine.refresh(alarm) == alarm


def test_an_anomaly_alarm_is_written_and_read_back(engine: Engine) -> None:
    metric = {"dimensions": {"Stack": "dev"}, "metricName": "RejectedPercent", "namespace": "DataPreparation"}
    queries: list[Properties] = [
        {"id": "usual", "expression": "ANOMALY_DETECTION_BAND(observed, 3)", "label": "usual", "returnData": True},
        {"id": "observed", "metric": {**metric, "period": 86_400, "stat": "Maximum"}, "returnData": True},
    ]
    program = {"comparisonOperator": "GreaterThanUpperThreshold", "evaluationPeriods": 1, "metricQueries": queries}

    alarm = engine.create("aws:cloudwatch/metricAlarm:MetricAlarm", "usual", {**program, "thresholdMetricId": "usual"})

    assert alarm.outputs["metricQueries"] == queries
    assert alarm.outputs["thresholdMetricId"] == "usual"
    assert engine.refresh(alarm) == alarm
