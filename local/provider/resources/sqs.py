"""SQS: queues and their policies. The properties of a queue are attributes, which are all texts."""

from typing import Any, Final

from local.provider.spec import AutoName, Call, Hook, Properties, Resource, Scope, Tagging, words

_ATTRIBUTES: Final = {
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "deduplicationScope": "DeduplicationScope",
    "delaySeconds": "DelaySeconds",
    "fifoQueue": "FifoQueue",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "policy": "Policy",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "redriveAllowPolicy": "RedriveAllowPolicy",
    "redrivePolicy": "RedrivePolicy",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
}
_DEFAULTS: Final = {
    "delaySeconds": 0,
    "maxMessageSize": 262_144,
    "messageRetentionSeconds": 345_600,
    "receiveWaitTimeSeconds": 0,
    "visibilityTimeoutSeconds": 30,
}
_URL: Final = {"QueueUrl": "$url"}


def _create(scope: Scope) -> Properties:
    attributes = {name: _text(scope.inputs[key]) for key, name in _ATTRIBUTES.items() if key in scope.inputs}
    request = {"Attributes": attributes, "tags": scope.inputs.get("tags") or {}}
    return {"url": scope.call("CreateQueue", QueueName=scope.inputs["name"], **request)["QueueUrl"]}


def _update(scope: Scope) -> None:
    changed = {
        name: _text(scope.inputs.get(key, _DEFAULTS.get(key)))
        for key, name in _ATTRIBUTES.items()
        if key in scope.changed
    }
    scope.call("SetQueueAttributes", QueueUrl=scope.fields["url"], Attributes=changed)


def _read(scope: Scope) -> Properties:
    url = scope.fields["url"]
    attributes = scope.call("GetQueueAttributes", QueueUrl=url, AttributeNames=["All"])["Attributes"]
    found = {key: _untext(attributes[name]) for key, name in _ATTRIBUTES.items() if name in attributes}
    return {**found, "arn": attributes["QueueArn"], "name": attributes["QueueArn"].rpartition(":")[2]}


def _put_policy(scope: Scope) -> Properties:
    url, policy = scope.inputs["queueUrl"], scope.inputs["policy"]
    scope.call("SetQueueAttributes", QueueUrl=url, Attributes={"Policy": policy})
    return {"queueUrl": url}


def _read_policy(scope: Scope) -> Properties | None:
    attributes = scope.call("GetQueueAttributes", QueueUrl=scope.fields["queueUrl"], AttributeNames=["Policy"]).get(
        "Attributes", {}
    )
    return {"policy": attributes["Policy"]} if attributes.get("Policy") else None


def _remove_policy(scope: Scope) -> None:
    scope.call("SetQueueAttributes", QueueUrl=scope.fields["queueUrl"], Attributes={"Policy": ""})


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _untext(value: str) -> Any:
    return value == "true" if value in ("true", "false") else int(value) if value.isdecimal() else value


RESOURCES: Final = {
    "aws:sqs/queue:Queue": Resource(
        service="sqs",
        inputs=(*words("name namePrefix tags"), *_ATTRIBUTES),
        id="$url",
        auto_name=AutoName(max_length=80),
        create=Hook(_create, on=(*words("name tags"), *_ATTRIBUTES)),
        update=(Hook(_update, on=tuple(_ATTRIBUTES)),),
        read=(Hook(_read),),
        delete=(Call("DeleteQueue", key=_URL),),
        settings=words("namePrefix deduplicationScope fifoThroughputLimit redriveAllowPolicy"),
        replace=words("fifoQueue name namePrefix"),
        defaults=_DEFAULTS,
        outputs=words("arn url"),
        elsewhere=("policy",),
        tagging=Tagging(_URL, tag="TagQueue", untag="UntagQueue", list="ListQueueTags"),
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Resource(
        service="sqs",
        inputs=words("policy queueUrl"),
        required=words("policy queueUrl"),
        id="$queueUrl",
        create=Hook(_put_policy, on=words("policy queueUrl")),
        update=(Hook(_put_policy, on=("policy",)),),
        read=(Hook(_read_policy),),
        delete=(Hook(_remove_policy),),
        replace=("queueUrl",),
    ),
}
