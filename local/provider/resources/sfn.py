"""Step Functions: state machines and the aliases of their versions."""

from typing import Final

from local.provider.spec import AutoName, Call, Resource, Tagging, words

_MACHINE: Final = {"stateMachineArn": "$arn"}
_ALIAS: Final = {"stateMachineAliasArn": "$arn"}

RESOURCES: Final = {
    "aws:sfn/stateMachine:StateMachine": Resource(
        service="stepfunctions",
        inputs=words("""
            definition encryptionConfiguration loggingConfiguration name namePrefix publish roleArn tags
            tracingConfiguration type
        """),
        required=words("definition roleArn"),
        id="$arn",
        auto_name=AutoName(max_length=80),
        create=Call("CreateStateMachine"),
        update=(Call("UpdateStateMachine", key=_MACHINE),),
        read=(
            Call("DescribeStateMachine", key=_MACHINE),
            # the newest version is the first
            Call(
                "ListStateMachineVersions",
                key=_MACHINE,
                at="{stateMachineVersionArn: stateMachineVersions[0].stateMachineVersionArn}",
            ),
        ),
        delete=(Call("DeleteStateMachine", key=_MACHINE),),
        names={
            "arn": "stateMachineArn",
            "loggingConfiguration.logDestination": "destinations[0].cloudWatchLogsLogGroup.logGroupArn",
        },
        settings=words("namePrefix publish"),
        replace=words("name namePrefix type"),
        defaults={
            "loggingConfiguration": {"level": "OFF", "includeExecutionData": False},
            "tracingConfiguration": {"enabled": False},
        },
        outputs=words("arn creationDate description revisionId stateMachineVersionArn status"),
        volatile=words("revisionId stateMachineVersionArn"),
        tagging=Tagging({"resourceArn": "$arn"}, list="ListTagsForResource"),
    ),
    "aws:sfn/alias:Alias": Resource(
        service="stepfunctions",
        inputs=words("description name routingConfigurations"),
        required=("routingConfigurations",),
        id="$arn",
        auto_name=AutoName(max_length=80),
        create=Call("CreateStateMachineAlias"),
        update=(Call("UpdateStateMachineAlias", key=_ALIAS),),
        read=(Call("DescribeStateMachineAlias", key=_ALIAS),),
        delete=(Call("DeleteStateMachineAlias", key=_ALIAS),),
        names={"arn": "stateMachineAliasArn", "routingConfigurations": "routingConfiguration"},
        replace=("name",),
        defaults={"description": ""},
        outputs=words("arn creationDate"),
    ),
}
