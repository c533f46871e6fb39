"""SNS: topics, their policies and subscriptions. The properties of a topic are attributes, which are all texts."""

import json
from typing import Any, Final

from local.provider.spec import AutoName, Call, Hook, Properties, Resource, Scope, Tagging, words

_TOPIC_ATTRIBUTES: Final = {
    "archivePolicy": "ArchivePolicy",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "deliveryPolicy": "DeliveryPolicy",
    "displayName": "DisplayName",
    "fifoThroughputScope": "FifoThroughputScope",
    "fifoTopic": "FifoTopic",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "policy": "Policy",
    "signatureVersion": "SignatureVersion",
    "tracingConfig": "TracingConfig",
}
_NOT_RETURNED: Final = words("archivePolicy fifoThroughputScope signatureVersion tracingConfig")  # by moto
_SUBSCRIPTION_ATTRIBUTES: Final = {
    "deliveryPolicy": "DeliveryPolicy",
    "filterPolicy": "FilterPolicy",
    "filterPolicyScope": "FilterPolicyScope",
    "rawMessageDelivery": "RawMessageDelivery",
    "redrivePolicy": "RedrivePolicy",
    "replayPolicy": "ReplayPolicy",
    "subscriptionRoleArn": "SubscriptionRoleArn",
}
_SUBSCRIBED: Final = words("endpoint protocol topic")
_CONFIRMATION: Final = words("confirmationTimeoutInMinutes endpointAutoConfirms")
_TOPIC_OUTPUTS: Final = {"arn": "TopicArn", "owner": "Owner"}
_SUBSCRIPTION_OUTPUTS: Final = {
    "arn": "SubscriptionArn",
    "confirmationWasAuthenticated": "ConfirmationWasAuthenticated",
    "ownerId": "Owner",
    "pendingConfirmation": "PendingConfirmation",
    "endpoint": "Endpoint",
    "protocol": "Protocol",
    "topic": "TopicArn",
}


def _create_topic(scope: Scope) -> Properties:
    request: Properties = {"Attributes": _attributes(scope, _TOPIC_ATTRIBUTES)}
    if tags := scope.inputs.get("tags"):
        request["Tags"] = [{"Key": name, "Value": value} for name, value in tags.items()]
    return {"arn": scope.call("CreateTopic", Name=scope.inputs["name"], **request)["TopicArn"]}


def _read_topic(scope: Scope) -> Properties:
    attributes = scope.call("GetTopicAttributes", TopicArn=scope.fields["arn"])["Attributes"]
    return _properties(attributes, _TOPIC_ATTRIBUTES | _TOPIC_OUTPUTS) | {
        "name": attributes["TopicArn"].rpartition(":")[2]
    }


def _update_topic(scope: Scope) -> None:
    for name in sorted(scope.changed & _TOPIC_ATTRIBUTES.keys()):
        value = _text(scope.inputs.get(name))
        scope.call(
            "SetTopicAttributes",
            TopicArn=scope.fields["arn"],
            AttributeName=_TOPIC_ATTRIBUTES[name],
            AttributeValue=value,
        )


def _subscribe(scope: Scope) -> Properties:
    response = scope.call(
        "Subscribe",
        TopicArn=scope.inputs["topic"],
        Protocol=scope.inputs["protocol"],
        Endpoint=scope.inputs["endpoint"],
        Attributes=_attributes(scope, _SUBSCRIPTION_ATTRIBUTES),
        ReturnSubscriptionArn=True,
    )
    return {"arn": response["SubscriptionArn"]}


def _read_subscription(scope: Scope) -> Properties:
    response = scope.call("GetSubscriptionAttributes", SubscriptionArn=scope.fields["arn"])
    return _properties(response["Attributes"], _SUBSCRIPTION_ATTRIBUTES | _SUBSCRIPTION_OUTPUTS)


def _update_subscription(scope: Scope) -> None:
    for name in sorted(scope.changed & _SUBSCRIPTION_ATTRIBUTES.keys()):
        value = _text(scope.inputs.get(name))
        scope.call(
            "SetSubscriptionAttributes",
            SubscriptionArn=scope.fields["arn"],
            AttributeName=_SUBSCRIPTION_ATTRIBUTES[name],
            AttributeValue=value,
        )


def _put_policy(scope: Scope) -> None:
    _set_policy(scope, scope.inputs["arn"], scope.inputs["policy"])


def _read_policy(scope: Scope) -> Properties:
    attributes = scope.call("GetTopicAttributes", TopicArn=scope.fields["arn"])["Attributes"]
    return _properties(attributes, {"arn": "TopicArn", "owner": "Owner", "policy": "Policy"})


def _reset_policy(scope: Scope) -> None:
    """Restores the policy of a new topic, because a topic always has a policy."""
    arn = scope.fields["arn"]
    actions = ("GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic")
    statement = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": [f"SNS:{action}" for action in (*actions, "Subscribe", "ListSubscriptionsByTopic", "Publish")],
        "Resource": arn,
        "Condition": {"StringEquals": {"AWS:SourceOwner": scope.aws.account}},
    }
    document = {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]}
    _set_policy(scope, arn, json.dumps(document))


def _set_policy(scope: Scope, arn: str, policy: str) -> None:
    scope.call("SetTopicAttributes", TopicArn=arn, AttributeName="Policy", AttributeValue=policy)


def _attributes(scope: Scope, names: dict[str, str]) -> dict[str, str]:
    return {attribute: _text(scope.inputs[name]) for name, attribute in names.items() if name in scope.inputs}


def _properties(attributes: dict[str, str], names: dict[str, str]) -> Properties:
    found = {name: attributes.get(attribute) for name, attribute in names.items()}
    return {name: _untext(value) for name, value in found.items() if value is not None}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _untext(value: str) -> Any:
    return value == "true" if value in ("true", "false") else value


RESOURCES: Final = {
    "aws:sns/topic:Topic": Resource(
        service="sns",
        inputs=(*words("name namePrefix tags"), *_TOPIC_ATTRIBUTES),
        id="$arn",
        auto_name=AutoName(max_length=256),
        create=Hook(_create_topic, on=(*words("name tags"), *_TOPIC_ATTRIBUTES)),
        update=(Hook(_update_topic, on=tuple(_TOPIC_ATTRIBUTES)),),
        read=(Hook(_read_topic),),
        delete=(Call("DeleteTopic", key={"TopicArn": "$arn"}),),
        settings=("namePrefix", *_NOT_RETURNED),
        replace=words("fifoTopic name namePrefix"),
        outputs=tuple(_TOPIC_OUTPUTS),
        elsewhere=("policy",),
        tagging=Tagging({"ResourceArn": "$arn"}, list="ListTagsForResource"),
    ),
    "aws:sns/topicPolicy:TopicPolicy": Resource(
        service="sns",
        inputs=words("arn policy"),
        required=words("arn policy"),
        id="$arn",
        create=Hook(_put_policy, on=words("arn policy")),
        update=(Hook(_put_policy, on=("policy",)),),
        read=(Hook(_read_policy),),
        delete=(Hook(_reset_policy),),
        replace=("arn",),
        outputs=("owner",),
    ),
    "aws:sns/topicSubscription:TopicSubscription": Resource(
        service="sns",
        inputs=(*_SUBSCRIBED, *_SUBSCRIPTION_ATTRIBUTES, *_CONFIRMATION),
        required=_SUBSCRIBED,
        id="$arn",
        create=Hook(_subscribe, on=(*_SUBSCRIBED, *_SUBSCRIPTION_ATTRIBUTES)),
        update=(Hook(_update_subscription, on=tuple(_SUBSCRIPTION_ATTRIBUTES)),),
        read=(Hook(_read_subscription),),
        delete=(Call("Unsubscribe", key={"SubscriptionArn": "$arn"}),),
        settings=_CONFIRMATION,
        replace=_SUBSCRIBED,
        outputs=words("arn confirmationWasAuthenticated ownerId pendingConfirmation"),
    ),
}
