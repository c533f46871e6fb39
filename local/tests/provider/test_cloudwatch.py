"""What is particular to alarms."""

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
