"""Examples of IAM, KMS, Lambda, EventBridge Scheduler and Step Functions."""

import json
from collections.abc import Mapping

from local.tests.provider.assets import archive, text_asset
from local.tests.provider.examples.example import Example
from local.tests.provider.world import MACHINE, TRUST


def _policy(action: str) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


EXAMPLES: Mapping[str, Example] = {
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
    "aws:lambda/permission:Permission": Example(
        lambda world: {
            "action": "lambda:InvokeFunction",
            "function": world.function,
            "principal": "events.amazonaws.com",
            "sourceAccount": world.endpoint.account,
            "sourceArn": world.arn("events", "rule/existing-rule"),
        },
        change=None,
    ),
    "aws:secretsmanager/secret:Secret": Example(
        lambda world: {
            "description": "opens",
            "kmsKeyId": world.key_id(),
            "name": "flights",
            "recoveryWindowInDays": 7,
            "tags": {"team": "data"},
        },
        change=lambda world: {"description": "closes"},
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": Example(
        lambda world: {"secretId": world.secret_arn(), "secretString": "open sesame"},
        change=None,
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
}
