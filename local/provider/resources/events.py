"""EventBridge: rules, their targets, and HTTPS endpoints among these."""

from typing import Final

from local.provider.spec import AutoName, Call, Hook, Resource, Scope, Tagging, words

_NAME: Final = {"Name": "$name"}
_RULE: Final = {"Name": "$name", "EventBusName": "$eventBusName"}
_TARGETS: Final = {"Rule": "$rule", "EventBusName": "$eventBusName"}
_TARGET: Final = words(
    "arn deadLetterConfig httpTarget input inputPath inputTransformer retryPolicy roleArn sqsTarget targetId"
)
_MEMBERS: Final = {
    **{name: name for name in _TARGET},
    "httpTarget": "httpParameters",
    "sqsTarget": "sqsParameters",
    "targetId": "id",
}
_PUT: Final = Call("PutTargets", key=_TARGETS, names={name: f"targets[0].{path}" for name, path in _MEMBERS.items()})


def _remove_targets(scope: Scope) -> None:
    """Removes the remaining targets with forceDestroy; EventBridge deletes a rule without targets only."""
    if scope.fields.get("forceDestroy"):
        rule = {"Rule": scope.fields["name"], "EventBusName": scope.fields["eventBusName"]}
        if identities := [target["Id"] for target in scope.call("ListTargetsByRule", **rule)["Targets"]]:
            scope.call("RemoveTargets", Ids=identities, **rule)


RESOURCES: Final = {
    "aws:cloudwatch/eventRule:EventRule": Resource(
        service="events",
        inputs=words("""
            description eventBusName eventPattern forceDestroy name namePrefix roleArn scheduleExpression state tags
        """),
        id="$eventBusName/$name",
        auto_name=AutoName(max_length=64),
        create=Call("PutRule"),
        update=(Call("PutRule"),),
        read=(Call("DescribeRule", key=_RULE),),
        delete=(Hook(_remove_targets), Call("DeleteRule", key=_RULE)),
        settings=words("forceDestroy namePrefix"),
        replace=words("eventBusName name namePrefix"),
        defaults={"state": "ENABLED"},
        outputs=("arn",),
        derived={"eventBusName": "default"},
        tagging=Tagging({"ResourceARN": "$arn"}, list="ListTagsForResource"),
    ),
    "aws:cloudwatch/eventTarget:EventTarget": Resource(
        service="events",
        inputs=(*words("eventBusName forceDestroy rule"), *_TARGET),
        required=words("arn rule"),
        id="$eventBusName/$rule/$targetId",
        auto_name=AutoName("targetId", max_length=64),
        create=_PUT,
        update=(_PUT,),
        read=(Call("ListTargetsByRule", key=_TARGETS, names=_MEMBERS, at="targets[?id=='$targetId'] | [0]"),),
        delete=(Call("RemoveTargets", key={**_TARGETS, "Ids": ["$targetId"]}),),
        names={"inputTransformer.inputPaths": "inputPathsMap"},
        settings=("forceDestroy",),
        replace=words("eventBusName rule targetId"),
        derived={"eventBusName": "default"},
    ),
    "aws:cloudwatch/eventConnection:EventConnection": Resource(
        service="events",
        inputs=words("authParameters authorizationType description name"),
        required=words("authParameters authorizationType"),
        id="$name",
        auto_name=AutoName(max_length=64),
        create=Call("CreateConnection"),
        update=(Call("UpdateConnection", key=_NAME),),
        read=(Call("DescribeConnection", key=_NAME),),
        delete=(Call("DeleteConnection", key=_NAME),),
        names={
            "arn": "connectionArn",
            "authParameters.apiKey": "apiKeyAuthParameters",
            "authParameters.apiKey.key": "apiKeyName",
            "authParameters.apiKey.value": "apiKeyValue",
        },
        settings=("authParameters",),  # a secret
        replace=("name",),
        defaults={"description": ""},
        outputs=words("arn secretArn"),
    ),
    "aws:cloudwatch/eventApiDestination:EventApiDestination": Resource(
        service="events",
        inputs=words("connectionArn description httpMethod invocationEndpoint invocationRateLimitPerSecond name"),
        required=words("connectionArn httpMethod invocationEndpoint"),
        id="$name",
        auto_name=AutoName(max_length=64),
        create=Call("CreateApiDestination"),
        update=(Call("UpdateApiDestination", key=_NAME),),
        read=(Call("DescribeApiDestination", key=_NAME),),
        delete=(Call("DeleteApiDestination", key=_NAME),),
        names={"arn": "apiDestinationArn"},
        replace=("name",),
        defaults={"description": "", "invocationRateLimitPerSecond": 300},
        outputs=("arn",),
    ),
}
