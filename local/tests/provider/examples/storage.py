"""Examples of S3, SNS and SQS."""

import json
from collections.abc import Mapping

from local.tests.provider.assets import text_asset
from local.tests.provider.examples.example import Example, Properties
from local.tests.provider.world import World


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


EXAMPLES: Mapping[str, Example] = {
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
