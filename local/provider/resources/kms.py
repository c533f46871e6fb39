"""KMS: keys and aliases."""

from typing import Final

from local.provider.spec import AutoName, Call, Resource, Tagging, words

_KEY: Final = {"KeyId": "$keyId"}
_POLICY: Final = {**_KEY, "PolicyName": "default"}

RESOURCES: Final = {
    "aws:kms/key:Key": Resource(
        service="kms",
        inputs=words("""
            bypassPolicyLockoutSafetyCheck customKeyStoreId customerMasterKeySpec deletionWindowInDays description
            enableKeyRotation isEnabled keyUsage multiRegion policy rotationPeriodInDays tags xksKeyId
        """),
        id="$keyId",
        create=Call("CreateKey", at="keyMetadata"),
        update=(
            Call("UpdateKeyDescription", key=_KEY),
            Call("PutKeyPolicy", key=_POLICY, on=("policy",)),
            Call("EnableKey", key=_KEY, on=("isEnabled",), unset="DisableKey"),
            Call(
                "EnableKeyRotation",
                key=_KEY,
                on=words("enableKeyRotation rotationPeriodInDays"),
                unset="DisableKeyRotation",
            ),
        ),
        read=(
            # a key exists until its deletion window ends, but cannot be used
            Call("DescribeKey", key=_KEY, at="[keyMetadata][?keyState!='PendingDeletion'] | [0]"),
            Call("GetKeyPolicy", key=_POLICY, at="{policy: policy}"),
            Call(
                "GetKeyRotationStatus",
                key=_KEY,
                at="{enableKeyRotation: keyRotationEnabled, rotationPeriodInDays: rotationPeriodInDays}",
            ),
        ),
        delete=(Call("ScheduleKeyDeletion", key={**_KEY, "PendingWindowInDays": "$deletionWindowInDays"}),),
        names={"isEnabled": "enabled"},
        settings=words("bypassPolicyLockoutSafetyCheck deletionWindowInDays"),
        replace=words("customKeyStoreId customerMasterKeySpec keyUsage multiRegion xksKeyId"),
        defaults={"description": "", "isEnabled": True, "enableKeyRotation": False},
        outputs=words("arn keyId"),
        elsewhere=("policy",),
        tagging=Tagging(_KEY, list="ListResourceTags"),
    ),
    "aws:kms/alias:Alias": Resource(
        service="kms",
        inputs=words("name namePrefix targetKeyId"),
        required=("targetKeyId",),
        id="$name",
        auto_name=AutoName(max_length=256, start="alias/"),
        create=Call("CreateAlias"),
        update=(Call("UpdateAlias", key={"AliasName": "$name"}),),
        read=(Call("ListAliases", at="aliases[?aliasName=='$name'] | [0]"),),
        delete=(Call("DeleteAlias", key={"AliasName": "$name"}),),
        names={"name": "aliasName", "arn": "aliasArn"},
        settings=("namePrefix",),
        replace=words("name namePrefix"),
        outputs=("arn",),
        derived={"targetKeyArn": "arn:$partition:kms:$region:$account:key/$targetKeyId"},
    ),
}
