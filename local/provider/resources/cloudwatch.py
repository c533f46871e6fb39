"""CloudWatch: log groups, alarms, dashboards."""

from typing import Final

from local.provider.spec import AutoName, Call, Resource, Tagging, words

_LOG_GROUP: Final = {"logGroupName": "$name"}

RESOURCES: Final = {
    "aws:cloudwatch/logGroup:LogGroup": Resource(
        service="logs",
        inputs=words("kmsKeyId logGroupClass name namePrefix retentionInDays skipDestroy tags"),
        id="$name",
        auto_name=AutoName(max_length=512),
        create=Call("CreateLogGroup"),
        update=(
            Call("PutRetentionPolicy", key=_LOG_GROUP, unset="DeleteRetentionPolicy"),
            Call("AssociateKmsKey", key=_LOG_GROUP, on=("kmsKeyId",), unset="DisassociateKmsKey"),
        ),
        read=(
            Call(
                "DescribeLogGroups", key={"logGroupNamePrefix": "$name"}, at="logGroups[?logGroupName=='$name'] | [0]"
            ),
        ),
        delete=(Call("DeleteLogGroup", key=_LOG_GROUP),),
        names={"name": "logGroupName"},
        settings=words("namePrefix skipDestroy"),
        replace=words("logGroupClass name namePrefix"),
        defaults={"retentionInDays": 0},
        derived={"arn": "arn:$partition:logs:$region:$account:log-group:$name"},
        tagging=Tagging({"resourceArn": "$arn"}, list="ListTagsForResource"),
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Resource(
        service="cloudwatch",
        inputs=words("""
            actionsEnabled alarmActions alarmDescription comparisonOperator datapointsToAlarm dimensions
            evaluateLowSampleCountPercentiles evaluationPeriods extendedStatistic insufficientDataActions metricName
            metricQueries name namespace okActions period statistic tags threshold thresholdMetricId treatMissingData
            unit
        """),
        required=words("comparisonOperator evaluationPeriods"),
        id="$name",
        auto_name=AutoName(),
        create=Call("PutMetricAlarm"),
        update=(Call("PutMetricAlarm"),),
        read=(Call("DescribeAlarms", key={"AlarmNames": ["$name"]}, at="metricAlarms[0]"),),
        delete=(Call("DeleteAlarms", key={"AlarmNames": ["$name"]}),),
        names={
            "name": "alarmName",
            "arn": "alarmArn",
            "evaluateLowSampleCountPercentiles": "evaluateLowSampleCountPercentile",
            "metricQueries": "metrics",
            "metricQueries.metric": "metricStat",
            "metricQueries.metric.metricName": "metric.metricName",
            "metricQueries.metric.namespace": "metric.namespace",
            "metricQueries.metric.dimensions": "metric.dimensions",
        },
        replace=("name",),
        defaults={"actionsEnabled": True},
        outputs=("arn",),
        tagging=Tagging({"ResourceARN": "$arn"}, list="ListTagsForResource"),
    ),
    "aws:cloudwatch/dashboard:Dashboard": Resource(
        service="cloudwatch",
        inputs=words("dashboardBody dashboardName"),
        required=words("dashboardBody dashboardName"),
        id="$dashboardName",
        create=Call("PutDashboard"),
        update=(Call("PutDashboard"),),
        read=(Call("GetDashboard", key={"DashboardName": "$dashboardName"}),),
        delete=(Call("DeleteDashboards", key={"DashboardNames": ["$dashboardName"]}),),
        replace=("dashboardName",),
        outputs=("dashboardArn",),
    ),
}
