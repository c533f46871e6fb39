"""Examples of Athena, Budgets, CloudWatch, EventBridge and Glue."""

import json
from collections.abc import Mapping
from typing import Any

from local.tests.provider.examples.example import Example, Properties
from local.tests.provider.world import World


def _event_pattern(prefix: str) -> str:
    return json.dumps({"source": ["aws.s3"], "detail": {"object": {"key": [{"prefix": prefix}]}}})


def _dashboard(text: str) -> str:
    return json.dumps({"widgets": [{"type": "text", "width": 6, "height": 3, "properties": {"markdown": text}}]})


def _table(world: World, **differing: Any) -> Properties:
    storage = {
        "location": f"s3://{world.bucket}/dataset/",
        "inputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "outputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        "columns": [{"name": "carrier", "type": "string"}, {"name": "delay", "type": "int", "comment": "minutes"}],
        "serDeInfo": {
            "serializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
            "parameters": {"serialization.format": "1"},
        },
        "compressed": True,
    }
    return {"storageDescriptor": {**storage, **differing}}


EXAMPLES: Mapping[str, Example] = {
    "aws:athena/namedQuery:NamedQuery": Example(
        lambda world: {"database": world.database, "query": "select 1", "description": "one", "workgroup": "primary"},
        change=None,
    ),
    "aws:athena/workgroup:Workgroup": Example(
        lambda world: {
            "configuration": {
                "bytesScannedCutoffPerQuery": 1_073_741_824,
                "enforceWorkgroupConfiguration": True,
                "publishCloudwatchMetricsEnabled": True,
                "resultConfiguration": {
                    "outputLocation": f"s3://{world.bucket}/athena/",
                    "encryptionConfiguration": {"encryptionOption": "SSE_S3"},
                },
            },
            "description": "queries",
            "forceDestroy": True,
            "tags": {"team": "data"},
        },
        change=lambda world: {"description": "other queries"},
    ),
    "aws:budgets/budget:Budget": Example(
        lambda world: {
            "budgetType": "COST",
            "costFilters": [{"name": "TagKeyValue", "values": ["user:stack$flights"]}],
            "limitAmount": "50",
            "limitUnit": "USD",
            "notifications": [
                {
                    "comparisonOperator": "GREATER_THAN",
                    "notificationType": "ACTUAL",
                    "subscriberSnsTopicArns": [world.arn("sns", "existing-topic")],
                    "threshold": 100,
                    "thresholdType": "PERCENTAGE",
                }
            ],
            "timeUnit": "MONTHLY",
        },
        change=lambda world: {"limitAmount": "60"},
    ),
    "aws:cloudwatch/dashboard:Dashboard": Example(
        lambda world: {"dashboardName": "flights", "dashboardBody": _dashboard("hello")},
        change=lambda world: {"dashboardBody": _dashboard("good day")},
    ),
    "aws:cloudwatch/eventApiDestination:EventApiDestination": Example(
        lambda world: {
            "connectionArn": world.connection_arn(),
            "description": "a chat",
            "httpMethod": "POST",
            "invocationEndpoint": "https://example.com/hook",
            "invocationRateLimitPerSecond": 1,
        },
        change=lambda world: {"invocationEndpoint": "https://example.com/other"},
    ),
    "aws:cloudwatch/eventConnection:EventConnection": Example(
        lambda world: {
            "authParameters": {"apiKey": {"key": "X-Key", "value": "secret"}},
            "authorizationType": "API_KEY",
            "description": "to a chat",
        },
        change=lambda world: {"description": "to another chat"},
    ),
    "aws:cloudwatch/eventRule:EventRule": Example(
        lambda world: {
            "description": "new objects",
            "eventPattern": _event_pattern("landing/"),
            "forceDestroy": True,
            "roleArn": world.role_arn,
            "state": "ENABLED",
            "tags": {"team": "data"},
        },
        change=lambda world: {"eventPattern": _event_pattern("other/")},
    ),
    "aws:cloudwatch/eventTarget:EventTarget": Example(
        lambda world: {
            "arn": world.arn("states", "stateMachine:existing-machine"),
            "deadLetterConfig": {"arn": world.arn("sqs", "dead")},
            "input": '{"force": false}',
            "retryPolicy": {"maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 3600},
            "roleArn": world.role_arn,
            "rule": world.rule,
        },
        change=lambda world: {"input": '{"force": true}'},
    ),
    "aws:cloudwatch/logGroup:LogGroup": Example(
        lambda world: {"retentionInDays": 14, "tags": {"team": "data"}},
        change=lambda world: {"retentionInDays": 30},
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Example(
        lambda world: {
            "actionsEnabled": True,
            "alarmActions": [world.arn("sns", "existing-topic")],
            "alarmDescription": "a run failed",
            "comparisonOperator": "GreaterThanThreshold",
            "datapointsToAlarm": 1,
            "dimensions": {"StateMachineArn": world.arn("states", "stateMachine:existing-machine")},
            "evaluationPeriods": 1,
            "metricName": "ExecutionsFailed",
            "namespace": "AWS/States",
            "okActions": [world.arn("sns", "existing-topic")],
            "period": 300,
            "statistic": "Sum",
            "tags": {"team": "data"},
            "threshold": 0,
            "treatMissingData": "notBreaching",
        },
        change=lambda world: {"threshold": 2},
    ),
    "aws:glue/catalogDatabase:CatalogDatabase": Example(
        lambda world: {
            "description": "flights",
            "locationUri": f"s3://{world.bucket}/",
            "parameters": {"owner": "data"},
            "tags": {"team": "data"},
        },
        change=lambda world: {"description": "flights and weather"},
    ),
    "aws:glue/catalogTable:CatalogTable": Example(
        lambda world: {
            "databaseName": world.database,
            "description": "flights",
            "owner": "data",
            "parameters": {"classification": "parquet"},
            "partitionKeys": [{"name": "day", "type": "date"}],
            "tableType": "EXTERNAL_TABLE",
            **_table(world),
        },
        change=lambda world: _table(world, location=f"s3://{world.bucket}/other/"),
    ),
    "aws:glue/connection:Connection": Example(
        lambda world: {
            "connectionProperties": {},
            "connectionType": "NETWORK",
            "description": "databases",
            "physicalConnectionRequirements": {
                "availabilityZone": "us-east-1a",
                "securityGroupIdLists": ["sg-1"],
                "subnetId": "subnet-1",
            },
        },
        change=lambda world: {"description": "other databases"},
    ),
    "aws:glue/job:Job": Example(
        lambda world: {
            "command": {"name": "glueetl", "scriptLocation": f"s3://{world.bucket}/job.py", "pythonVersion": "3"},
            "connections": ["warehouse"],
            "defaultArguments": {"--enable-metrics": "true"},
            "description": "transforms",
            "executionClass": "STANDARD",
            "executionProperty": {"maxConcurrentRuns": 3},
            "glueVersion": "5.1",
            "maxRetries": 0,
            "nonOverridableArguments": {"--mode": "safe"},
            "notificationProperty": {"notifyDelayAfter": 5},
            "numberOfWorkers": 2,
            "roleArn": world.role_arn,
            "securityConfiguration": "sealed",
            "tags": {"team": "data"},
            "timeout": 30,
            "workerType": "G.1X",
        },
        change=lambda world: {"numberOfWorkers": 4},
    ),
}
