"""Glue: jobs, connections and the data catalog."""

from string import ascii_lowercase
from typing import Final

from local.provider.spec import AutoName, Call, Resource, Tagging, words

_NAMED: Final = {"CatalogId": "$catalogId", "Name": "$name"}
_TABLES: Final = {"CatalogId": "$catalogId", "DatabaseName": "$databaseName"}
_NAME: Final = AutoName(separator="_", random=8, alphabet=ascii_lowercase, lower=True)  # Athena's characters
_TAGGING: Final = Tagging({"ResourceArn": "$arn"}, list="GetTags")

RESOURCES: Final = {
    "aws:glue/job:Job": Resource(
        service="glue",
        inputs=words("""
            command connections defaultArguments description executionClass executionProperty glueVersion
            jobRunQueuingEnabled maintenanceWindow maxCapacity maxRetries name nonOverridableArguments
            notificationProperty numberOfWorkers roleArn securityConfiguration sourceControlDetails tags timeout
            workerType
        """),
        required=words("command roleArn"),
        id="$name",
        auto_name=AutoName(),
        create=Call("CreateJob"),
        update=(Call("UpdateJob", key={"JobName": "$name"}, under="JobUpdate"),),
        read=(Call("GetJob", key={"JobName": "$name"}, at="job"),),
        delete=(Call("DeleteJob", key={"JobName": "$name"}),),
        names={"roleArn": "role", "connections": "connections.connections"},
        replace=("name",),
        defaults={"executionClass": "STANDARD"},
        derived={"arn": "arn:$partition:glue:$region:$account:job/$name"},
        tagging=_TAGGING,
    ),
    "aws:glue/connection:Connection": Resource(
        service="glue",
        inputs=words("""
            catalogId connectionProperties connectionType description matchCriterias name
            physicalConnectionRequirements tags
        """),
        id="$catalogId:$name",
        auto_name=AutoName(),
        create=Call("CreateConnection", under="ConnectionInput"),
        update=(Call("UpdateConnection", key=_NAMED, under="ConnectionInput"),),
        read=(Call("GetConnection", key=_NAMED, at="connection"),),
        delete=(Call("DeleteConnection", key={"CatalogId": "$catalogId", "ConnectionName": "$name"}),),
        names={
            "matchCriterias": "matchCriteria",
            "physicalConnectionRequirements.securityGroupIdLists": "securityGroupIdList",
        },
        replace=words("catalogId name"),
        defaults={"connectionProperties": {}, "connectionType": "JDBC"},
        derived={"catalogId": "$account", "arn": "arn:$partition:glue:$region:$account:connection/$name"},
        tagging=_TAGGING,
    ),
    "aws:glue/catalogDatabase:CatalogDatabase": Resource(
        service="glue",
        inputs=words("""
            catalogId createTableDefaultPermissions description federatedDatabase locationUri name parameters tags
            targetDatabase
        """),
        id="$catalogId:$name",
        auto_name=_NAME,
        create=Call("CreateDatabase", under="DatabaseInput"),
        update=(Call("UpdateDatabase", key=_NAMED, under="DatabaseInput"),),
        read=(Call("GetDatabase", key=_NAMED, at="database"),),
        delete=(Call("DeleteDatabase", key=_NAMED),),
        replace=words("catalogId name"),
        derived={"catalogId": "$account", "arn": "arn:$partition:glue:$region:$account:database/$name"},
        tagging=_TAGGING,
    ),
    "aws:glue/catalogTable:CatalogTable": Resource(
        service="glue",
        inputs=words("""
            catalogId databaseName description name openTableFormatInput owner parameters partitionIndices
            partitionKeys retention storageDescriptor tableType targetTable viewExpandedText viewOriginalText
        """),
        required=("databaseName",),
        id="$catalogId:$databaseName:$name",
        auto_name=_NAME,
        create=Call("CreateTable", under="TableInput"),
        update=(Call("UpdateTable", key=_TABLES, under="TableInput"),),
        read=(Call("GetTable", key={**_TABLES, "Name": "$name"}, at="table"),),
        delete=(Call("DeleteTable", key={**_TABLES, "Name": "$name"}),),
        names={"storageDescriptor.serDeInfo": "serdeInfo", "partitionIndices": "partitionIndexes"},
        settings=words("openTableFormatInput partitionIndices"),
        replace=words("catalogId databaseName name openTableFormatInput partitionIndices"),
        derived={"catalogId": "$account", "arn": "arn:$partition:glue:$region:$account:table/$databaseName/$name"},
    ),
}
