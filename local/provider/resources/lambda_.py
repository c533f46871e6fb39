"""Lambda functions, and the permissions of others to invoke them."""

import json
from typing import Any, Final

from local.provider.spec import AutoName, Call, Hook, Properties, Resource, Scope, Tagging, words

_FUNCTION: Final = {"FunctionName": "$name"}
_CODE: Final = words("architectures code imageUri s3Bucket s3Key s3ObjectVersion sourceCodeHash")
_CONFIGURATION: Final = words("""
    deadLetterConfig description environment ephemeralStorage fileSystemConfig handler imageConfig kmsKeyArn layers
    loggingConfig memorySize role runtime snapStart timeout tracingConfig vpcConfig
""")
_RESPONSE: Final = """merge(configuration, concurrency || `{}`, {
    tags: tags,
    sourceCodeHash: configuration.codeSha256,
    sourceCodeSize: configuration.codeSize,
    layers: configuration.layers[].arn,
    imageConfig: configuration.imageConfigResponse.imageConfig
})"""
_INVOCATIONS: Final = "arn:$partition:apigateway:$region:lambda:path/2015-03-31/functions/{}/invocations"
_CONDITIONS: Final = {
    "sourceArn": "AWS:SourceArn",
    "sourceAccount": "AWS:SourceAccount",
    "principalOrgId": "aws:PrincipalOrgID",
}


def _publish(scope: Scope) -> None:
    if scope.inputs.get("publish"):
        scope.call("PublishVersion", FunctionName=scope.fields["name"])


def _read_permission(scope: Scope) -> Properties | None:
    function, wanted = scope.fields["function"], scope.fields["statementId"]
    policy = json.loads(scope.call("GetPolicy", FunctionName=function)["Policy"])
    for statement in policy["Statement"]:
        if statement["Sid"] == wanted:
            return {"function": function, "statementId": wanted, **_permission(statement)}
    return None


def _permission(statement: dict[str, Any]) -> Properties:
    principal = statement["Principal"]
    conditions = {key: value for keys in statement.get("Condition", {}).values() for key, value in keys.items()}
    found = {name: conditions[key] for name, key in _CONDITIONS.items() if key in conditions}
    who = principal if isinstance(principal, str) else next(iter(principal.values()))
    return {"action": statement["Action"], "principal": who, **found}


RESOURCES: Final = {
    "aws:lambda/function:Function": Resource(
        service="lambda",
        inputs=(
            *_CODE,
            *_CONFIGURATION,
            *words("name packageType publish reservedConcurrentExecutions skipDestroy tags"),
        ),
        required=("role",),
        id="$name",
        auto_name=AutoName(max_length=64),
        create=Call("CreateFunction"),
        update=(
            Call("UpdateFunctionConfiguration", key=_FUNCTION, on=_CONFIGURATION),
            Call(
                "UpdateFunctionCode",
                key=_FUNCTION,
                on=_CODE,
                names={name: name for name in _CODE} | {"code": "zipFile"},
            ),
            Hook(_publish, on=(*_CODE, *_CONFIGURATION, "publish")),
            Call("PutFunctionConcurrency", key=_FUNCTION, unset="DeleteFunctionConcurrency"),
        ),
        read=(
            Call("GetFunction", key=_FUNCTION, at=_RESPONSE),
            Call("ListVersionsByFunction", key=_FUNCTION, at="{version: versions[-1].version}"),
        ),
        delete=(Call("DeleteFunction", key=_FUNCTION),),
        names={
            "name": "functionName",
            "arn": "functionArn",
            "code": "code.zipFile",
            "s3Bucket": "code.s3Bucket",
            "s3Key": "code.s3Key",
            "s3ObjectVersion": "code.s3ObjectVersion",
            "imageUri": "code.imageUri",
            "fileSystemConfig": "fileSystemConfigs[0]",
            "imageConfig.commands": "command",
            "imageConfig.entryPoints": "entryPoint",
        },
        settings=(
            *words("code imageUri publish s3Bucket s3Key s3ObjectVersion skipDestroy sourceCodeHash"),
            *words("deadLetterConfig loggingConfig"),  # moto does not return them
        ),
        replace=words("name packageType"),
        defaults={
            "architectures": ["x86_64"],
            "description": "",
            "environment": {"variables": {}},
            "ephemeralStorage": {"size": 512},
            "kmsKeyArn": "",
            "layers": [],
            "memorySize": 128,
            "timeout": 3,
            "tracingConfig": {"mode": "PassThrough"},
        },
        outputs=words("arn codeSha256 lastModified sourceCodeHash sourceCodeSize version"),
        derived={
            "invokeArn": _INVOCATIONS.format("$arn"),
            "qualifiedArn": "$arn:$version",
            "qualifiedInvokeArn": _INVOCATIONS.format("$arn:$version"),
        },
        volatile=words("codeSha256 lastModified qualifiedArn qualifiedInvokeArn sourceCodeHash sourceCodeSize version"),
        tagging=Tagging({"Resource": "$arn"}),
    ),
    "aws:lambda/permission:Permission": Resource(
        service="lambda",
        inputs=words("action function principal principalOrgId sourceAccount sourceArn statementId"),
        required=words("action function principal"),
        id="$statementId",
        import_id="$function/$statementId",
        auto_name=AutoName("statementId", max_length=100),
        create=Call("AddPermission"),
        read=(Hook(_read_permission),),
        delete=(Call("RemovePermission", key={"FunctionName": "$function", "StatementId": "$statementId"}),),
        names={"function": "functionName", "principalOrgId": "principalOrgID"},
        replace=words("action function principal principalOrgId sourceAccount sourceArn statementId"),
    ),
}
