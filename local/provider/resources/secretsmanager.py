"""Secrets Manager: secrets and their values."""

from typing import Final

from local.provider.spec import AutoName, Call, Hook, Resource, Scope, Tagging, words

_SECRET: Final = {"SecretId": "$arn"}
# a secret exists until its recovery window ends, but cannot be used
_NOT_DELETED: Final = "[@][?!deletedDate] | [0]"


def _delete(scope: Scope) -> None:
    secret = {"SecretId": scope.fields["arn"]}
    if "DeletedDate" in scope.call("DescribeSecret", **secret):
        return
    scope.call("DeleteSecret", **secret, **_recovery(scope.fields.get("recoveryWindowInDays")))


def _recovery(days: float | None) -> dict[str, int | bool]:
    if days is None:
        return {}
    return {"RecoveryWindowInDays": int(days)} if days else {"ForceDeleteWithoutRecovery": True}


RESOURCES: Final = {
    "aws:secretsmanager/secret:Secret": Resource(
        service="secretsmanager",
        inputs=words("description kmsKeyId name namePrefix recoveryWindowInDays tags"),
        id="$arn",
        auto_name=AutoName(max_length=512),
        create=Call("CreateSecret", at="{arn: arn}"),
        update=(Call("UpdateSecret", key=_SECRET),),
        read=(Call("DescribeSecret", key=_SECRET, at=_NOT_DELETED),),
        delete=(Hook(_delete),),
        settings=words("namePrefix recoveryWindowInDays"),
        replace=words("name namePrefix"),
        defaults={"description": "", "kmsKeyId": ""},
        outputs=("arn",),
        tagging=Tagging(_SECRET),
    ),
    "aws:secretsmanager/secretVersion:SecretVersion": Resource(
        service="secretsmanager",
        inputs=words("secretId secretString"),
        required=words("secretId secretString"),
        id="$secretId|$versionId",
        create=Call("PutSecretValue", at="{arn: arn, versionId: versionId, versionStages: versionStages}"),
        read=(
            Call(
                "GetSecretValue",
                key={"SecretId": "$secretId", "VersionId": "$versionId"},
                at="{arn: arn, secretString: secretString, versionStages: versionStages}",
            ),
        ),
        # AWS has no operation for it: a version without a stage is deprecated, the current one stays
        delete=(),
        replace=words("secretId secretString"),
        outputs=words("arn versionId versionStages"),
    ),
}
