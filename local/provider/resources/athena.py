"""Athena: workgroups and saved queries."""

from typing import Final

from local.provider.spec import AutoName, Call, Resource, Tagging, words

RESOURCES: Final = {
    "aws:athena/workgroup:Workgroup": Resource(
        service="athena",
        inputs=words("configuration description forceDestroy name state tags"),
        id="$name",
        auto_name=AutoName(max_length=128),
        create=Call("CreateWorkGroup"),
        update=(
            Call(
                "UpdateWorkGroup",
                key={"WorkGroup": "$name"},
                names={
                    "configuration": "configurationUpdates",
                    "configuration.resultConfiguration": "resultConfigurationUpdates",
                },
            ),
        ),
        read=(Call("GetWorkGroup", key={"WorkGroup": "$name"}, at="workGroup"),),
        delete=(Call("DeleteWorkGroup", key={"WorkGroup": "$name", "RecursiveDeleteOption": "$forceDestroy"}),),
        names={
            "configuration.enforceWorkgroupConfiguration": "enforceWorkGroupConfiguration",
            "configuration.publishCloudwatchMetricsEnabled": "publishCloudWatchMetricsEnabled",
            "configuration.resultConfiguration.encryptionConfiguration.kmsKeyArn": "kmsKey",
        },
        settings=("forceDestroy",),
        replace=("name",),
        defaults={"description": "", "state": "ENABLED"},
        derived={"arn": "arn:$partition:athena:$region:$account:workgroup/$name"},
        tagging=Tagging({"ResourceARN": "$arn"}, list="ListTagsForResource"),
    ),
    "aws:athena/namedQuery:NamedQuery": Resource(
        service="athena",
        inputs=words("database description name query workgroup"),
        required=words("database query"),
        id="$namedQueryId",
        auto_name=AutoName(max_length=128),
        create=Call("CreateNamedQuery"),
        read=(Call("GetNamedQuery", key={"NamedQueryId": "$namedQueryId"}, at="namedQuery"),),
        delete=(Call("DeleteNamedQuery", key={"NamedQueryId": "$namedQueryId"}),),
        names={"query": "queryString", "workgroup": "workGroup"},
        replace=words("database description name query workgroup"),
    ),
}
