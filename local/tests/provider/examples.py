"""For each type in the table: example inputs, and a change in place, if one is possible."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .assets import archive, text_asset
from .world import MACHINE, TRUST, World

Properties = dict[str, Any]


@dataclass(frozen=True)
class Example:
    inputs: Callable[[World], Properties]
    change: Callable[[World], Properties] | None
    """The changed inputs; None if no input can change in place."""

    def changed(self, world: World) -> Properties:
        assert self.change is not None
        return self.change(world)


def _policy(action: str) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _bucket_policy(world: World, sid: str) -> str:
    statement = {"Sid": sid, "Effect": "Deny", "Principal": "*", "Action": "s3:*"}
    statement["Resource"] = f"arn:aws:s3:::{world.bucket}/*"
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


def _topic_policy(world: World, sid: str) -> str:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}}
    statement |= {"Action": "sns:Publish", "Resource": world.arn("sns", "existing-topic")}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _queue_policy(world: World, sid: str) -> str:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}}
    statement |= {"Action": "sqs:SendMessage", "Resource": world.arn("sqs", "existing-queue")}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


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
    "aws:iam/policy:Policy": Example(
        lambda world: {
            "description": "reads",
            "path": "/data/",
            "policy": _policy("s3:GetObject"),
            "tags": {"team": "data"},
        },
        change=lambda world: {"policy": _policy("s3:PutObject")},
    ),
    "aws:iam/role:Role": Example(
        lambda world: {
            "assumeRolePolicy": TRUST,
            "description": "runs",
            "forceDetachPolicies": True,
            "inlinePolicies": [{"name": "own", "policy": _policy("s3:ListBucket")}],
            "managedPolicyArns": [],
            "maxSessionDuration": 7200,
            "path": "/data/",
            "permissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess",
            "tags": {"team": "data"},
        },
        change=lambda world: {"maxSessionDuration": 3600},
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Example(
        lambda world: {"role": world.role, "policyArn": world.policy_arn},
        change=None,
    ),
    "aws:kms/alias:Alias": Example(
        lambda world: {"name": "alias/flights", "targetKeyId": world.key_id()},
        change=lambda world: {"targetKeyId": world.key_id()},
    ),
    "aws:kms/key:Key": Example(
        lambda world: {
            "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
            "deletionWindowInDays": 7,
            "description": "seals",
            "enableKeyRotation": True,
            "isEnabled": True,
            "keyUsage": "ENCRYPT_DECRYPT",
            "multiRegion": False,
            "policy": _policy("kms:*"),
            "tags": {"team": "data"},
        },
        change=lambda world: {"enableKeyRotation": False},
    ),
    "aws:lambda/function:Function": Example(
        lambda world: {
            "architectures": ["arm64"],
            "code": archive({"handler.py": text_asset("def handler(event, context): return event")}),
            "deadLetterConfig": {"targetArn": world.arn("sns", "existing-topic")},
            "description": "extracts",
            "environment": {"variables": {"MANIFEST_URI": f"s3://{world.bucket}/latest.json"}},
            "ephemeralStorage": {"size": 1024},
            "handler": "handler.handler",
            "kmsKeyArn": world.arn("kms", "key/1"),
            "loggingConfig": {"logFormat": "JSON", "logGroup": "existing-logs", "applicationLogLevel": "INFO"},
            "memorySize": 512,
            "packageType": "Zip",
            "publish": False,
            "reservedConcurrentExecutions": 5,
            "role": world.role_arn,
            "runtime": "python3.13",
            "tags": {"team": "data"},
            "timeout": 60,
            "tracingConfig": {"mode": "Active"},
        },
        change=lambda world: {"timeout": 90},
    ),
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": Example(
        lambda world: {"bucket": world.bucket, "rules": [_rule("raw", 30), _tagged_rule()]},
        change=lambda world: {"rules": [_rule("raw", 60), _tagged_rule()]},
    ),
    "aws:s3/bucketNotification:BucketNotification": Example(
        lambda world: {"bucket": world.bucket, "eventbridge": True},
        change=lambda world: {"eventbridge": False},
    ),
    "aws:s3/bucketObjectv2:BucketObjectv2": Example(
        lambda world: {
            "bucket": world.bucket,
            "cacheControl": "no-cache",
            "contentDisposition": "inline",
            "contentEncoding": "utf-8",
            "contentLanguage": "en",
            "contentType": "application/json",
            "key": "recipes/flights.json",
            "metadata": {"origin": "repository"},
            "source": text_asset("{}"),
            "storageClass": "STANDARD",
            "tags": {"team": "data"},
        },
        change=lambda world: {"source": text_asset('{"name": "flights"}')},
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": Example(
        lambda world: {"bucket": world.bucket, "rule": {"objectOwnership": "BucketOwnerEnforced"}},
        change=lambda world: {"rule": {"objectOwnership": "BucketOwnerPreferred"}},
    ),
    "aws:s3/bucketPolicy:BucketPolicy": Example(
        lambda world: {"bucket": world.bucket, "policy": _bucket_policy(world, "First")},
        change=lambda world: {"policy": _bucket_policy(world, "Second")},
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": Example(
        lambda world: {
            "bucket": world.bucket,
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        },
        change=lambda world: {"blockPublicPolicy": False},
    ),
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": Example(
        lambda world: {"bucket": world.bucket, "rules": [_encryption(True)]},
        change=lambda world: {"rules": [_encryption(False)]},
    ),
    "aws:s3/bucketV2:BucketV2": Example(
        lambda world: {"forceDestroy": True, "objectLockEnabled": False, "tags": {"team": "data"}},
        change=lambda world: {"tags": {"team": "other"}},
    ),
    "aws:s3/bucketVersioningV2:BucketVersioningV2": Example(
        lambda world: {"bucket": world.bucket, "versioningConfiguration": {"status": "Enabled"}},
        change=lambda world: {"versioningConfiguration": {"status": "Suspended"}},
    ),
    "aws:scheduler/schedule:Schedule": Example(
        lambda world: {
            "description": "every night",
            "flexibleTimeWindow": {"mode": "FLEXIBLE", "maximumWindowInMinutes": 15},
            "groupName": "default",
            "scheduleExpression": "cron(0 3 * * ? *)",
            "scheduleExpressionTimezone": "Europe/Vienna",
            "state": "ENABLED",
            "target": {
                "arn": world.arn("states", "stateMachine:existing-machine"),
                "roleArn": world.role_arn,
                "input": "{}",
                "retryPolicy": {"maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 3600},
                "deadLetterConfig": {"arn": world.arn("sqs", "dead")},
            },
        },
        change=lambda world: {"state": "DISABLED"},
    ),
    "aws:sfn/alias:Alias": Example(
        lambda world: {
            "description": "runs",
            "routingConfigurations": [
                {"stateMachineVersionArn": world.version(1), "weight": 90},
                {"stateMachineVersionArn": world.version(2), "weight": 10},
            ],
        },
        change=lambda world: {"routingConfigurations": [{"stateMachineVersionArn": world.version(2), "weight": 100}]},
    ),
    "aws:sfn/stateMachine:StateMachine": Example(
        lambda world: {
            "definition": MACHINE,
            "loggingConfiguration": {
                "level": "ALL",
                "includeExecutionData": True,
                "logDestination": f"{world.arn('logs', 'log-group:existing-logs')}:*",
            },
            "publish": True,
            "roleArn": world.role_arn,
            "tags": {"team": "data"},
            "tracingConfiguration": {"enabled": True},
            "type": "STANDARD",
        },
        change=lambda world: {"definition": MACHINE.replace("Done", "Finished")},
    ),
    "aws:sns/topic:Topic": Example(
        lambda world: {
            "displayName": "Failures",
            "kmsMasterKeyId": "alias/aws/sns",
            "signatureVersion": 2,
            "tags": {"team": "data"},
            "tracingConfig": "Active",
        },
        change=lambda world: {"displayName": "Failed runs"},
    ),
    "aws:sns/topicPolicy:TopicPolicy": Example(
        lambda world: {"arn": world.arn("sns", "existing-topic"), "policy": _topic_policy(world, "First")},
        change=lambda world: {"policy": _topic_policy(world, "Second")},
    ),
    "aws:sns/topicSubscription:TopicSubscription": Example(
        lambda world: {
            "endpoint": "somebody@example.com",
            "filterPolicy": json.dumps({"severity": ["high"]}),
            "filterPolicyScope": "MessageBody",
            "protocol": "email",
            "topic": world.arn("sns", "existing-topic"),
        },
        change=lambda world: {"filterPolicy": json.dumps({"severity": ["high", "low"]})},
    ),
    "aws:sqs/queue:Queue": Example(
        lambda world: {
            "delaySeconds": 5,
            "maxMessageSize": 2048,
            "messageRetentionSeconds": 86_400,
            "receiveWaitTimeSeconds": 10,
            "sqsManagedSseEnabled": True,
            "tags": {"team": "data"},
            "visibilityTimeoutSeconds": 60,
        },
        change=lambda world: {"messageRetentionSeconds": 172_800},
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Example(
        lambda world: {"queueUrl": world.queue_url(), "policy": _queue_policy(world, "First")},
        change=lambda world: {"policy": _queue_policy(world, "Second")},
    ),
}


def _rule(prefix: str, days: int) -> Properties:
    return {
        "id": prefix,
        "status": "Enabled",
        "filter": {"prefix": f"{prefix}/"},
        "expiration": {"days": days},
        "noncurrentVersionExpiration": {"noncurrentDays": 7},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 2},
    }


def _tagged_rule() -> Properties:
    return {
        "id": "archive",
        "status": "Enabled",
        "filter": {"and": {"prefix": "old/", "tags": {"keep": "yes", "cold": "yes"}}},
        "transitions": [{"days": 30, "storageClass": "STANDARD_IA"}],
        "noncurrentVersionTransitions": [{"noncurrentDays": 30, "storageClass": "GLACIER"}],
    }


def _encryption(bucket_key: bool) -> Properties:
    default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/aws/s3"}
    return {"applyServerSideEncryptionByDefault": default, "bucketKeyEnabled": bucket_key}
