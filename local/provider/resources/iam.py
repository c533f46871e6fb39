"""IAM: roles, customer-managed policies and their attachment."""

import json
from typing import Final

from local.provider.spec import AutoName, Call, Hook, Properties, Resource, Scope, Tagging, words

_ROLE: Final = {"RoleName": "$name"}
_POLICY: Final = {"PolicyArn": "$arn"}
_POLICY_VERSIONS: Final = 5  # IAM's quota of versions per policy


def _set_inline_policies(scope: Scope) -> None:
    old, new = (
        {policy["name"]: policy["policy"] for policy in properties.get("inlinePolicies") or []}
        for properties in (scope.before, scope.inputs)
    )
    for name in old.keys() - new.keys():
        scope.call("DeleteRolePolicy", RoleName=scope.fields["name"], PolicyName=name)
    for name, document in new.items():
        scope.call("PutRolePolicy", RoleName=scope.fields["name"], PolicyName=name, PolicyDocument=document)


def _set_managed_policies(scope: Scope) -> None:
    old, new = (set(properties.get("managedPolicyArns") or []) for properties in (scope.before, scope.inputs))
    for arn in sorted(old - new):
        scope.call("DetachRolePolicy", RoleName=scope.fields["name"], PolicyArn=arn)
    for arn in sorted(new - old):
        scope.call("AttachRolePolicy", RoleName=scope.fields["name"], PolicyArn=arn)


def _read_inline_policies(scope: Scope) -> Properties:
    role = scope.fields["name"]
    policies = []
    for name in scope.call("ListRolePolicies", RoleName=role)["PolicyNames"]:
        document = scope.call("GetRolePolicy", RoleName=role, PolicyName=name)["PolicyDocument"]
        policies.append({"name": name, "policy": json.dumps(document)})
    return {"inlinePolicies": policies}


def _strip_role(scope: Scope) -> None:
    """Removes the program's policies, or all with forceDetachPolicies; IAM deletes a role without policies only."""
    role = scope.fields["name"]
    attached = {
        policy["PolicyArn"] for policy in scope.call("ListAttachedRolePolicies", RoleName=role)["AttachedPolicies"]
    }
    inline = set(scope.call("ListRolePolicies", RoleName=role)["PolicyNames"])
    if not scope.fields.get("forceDetachPolicies"):
        attached &= set(scope.inputs.get("managedPolicyArns") or [])
        inline &= {policy["name"] for policy in scope.inputs.get("inlinePolicies") or []}
    for arn in attached:
        scope.call("DetachRolePolicy", RoleName=role, PolicyArn=arn)
    for name in inline:
        scope.call("DeleteRolePolicy", RoleName=role, PolicyName=name)


def _new_policy_version(scope: Scope) -> None:
    arn = scope.fields["arn"]
    versions = scope.call("ListPolicyVersions", PolicyArn=arn)["Versions"]
    if len(versions) >= _POLICY_VERSIONS:
        oldest = min((v for v in versions if not v["IsDefaultVersion"]), key=lambda version: version["CreateDate"])
        scope.call("DeletePolicyVersion", PolicyArn=arn, VersionId=oldest["VersionId"])
    scope.call("CreatePolicyVersion", PolicyArn=arn, PolicyDocument=scope.inputs["policy"], SetAsDefault=True)


def _delete_old_versions(scope: Scope) -> None:
    arn = scope.fields["arn"]
    for version in scope.call("ListPolicyVersions", PolicyArn=arn)["Versions"]:
        if not version["IsDefaultVersion"]:
            scope.call("DeletePolicyVersion", PolicyArn=arn, VersionId=version["VersionId"])


RESOURCES: Final = {
    "aws:iam/role:Role": Resource(
        service="iam",
        inputs=words("""
            assumeRolePolicy description forceDetachPolicies inlinePolicies managedPolicyArns maxSessionDuration name
            namePrefix path permissionsBoundary tags
        """),
        required=("assumeRolePolicy",),
        id="$name",
        auto_name=AutoName(max_length=64),
        create=Call("CreateRole", at="role"),
        update=(
            Call("UpdateAssumeRolePolicy", key=_ROLE, names={"assumeRolePolicy": "policyDocument"}),
            Call("UpdateRole", key=_ROLE),
            Call("PutRolePermissionsBoundary", key=_ROLE, unset="DeleteRolePermissionsBoundary"),
            Hook(_set_inline_policies, on=("inlinePolicies",)),
            Hook(_set_managed_policies, on=("managedPolicyArns",)),
        ),
        read=(
            Call(
                "GetRole",
                key=_ROLE,
                at="role",
                names={
                    "assumeRolePolicy": "assumeRolePolicyDocument",
                    "permissionsBoundary": "permissionsBoundary.permissionsBoundaryArn",
                },
            ),
            Hook(_read_inline_policies),
            Call("ListAttachedRolePolicies", key=_ROLE, at="{managedPolicyArns: attachedPolicies[].policyArn}"),
        ),
        delete=(Hook(_strip_role), Call("DeleteRole", key=_ROLE)),
        names={"name": "roleName", "assumeRolePolicy": "assumeRolePolicyDocument", "uniqueId": "roleId"},
        settings=words("forceDetachPolicies namePrefix"),
        replace=words("name namePrefix path"),
        defaults={"description": "", "maxSessionDuration": 3600},
        outputs=words("arn createDate uniqueId"),
        elsewhere=words("inlinePolicies managedPolicyArns"),
        tagging=Tagging(_ROLE, tag="TagRole", untag="UntagRole"),
    ),
    "aws:iam/policy:Policy": Resource(
        service="iam",
        inputs=words("description name namePrefix path policy tags"),
        required=("policy",),
        id="$arn",
        auto_name=AutoName(max_length=128),
        create=Call("CreatePolicy", at="policy"),
        update=(Hook(_new_policy_version, on=("policy",)),),
        read=(
            Call("GetPolicy", key=_POLICY, at="policy"),
            Call(
                "GetPolicyVersion",
                key={**_POLICY, "VersionId": "$defaultVersionId"},
                at="{policyDocument: policyVersion.document}",
            ),
        ),
        delete=(Hook(_delete_old_versions), Call("DeletePolicy", key=_POLICY)),
        names={"name": "policyName", "policy": "policyDocument"},
        settings=("namePrefix",),
        replace=words("description name namePrefix path"),
        outputs=words("arn policyId"),
        tagging=Tagging(_POLICY, tag="TagPolicy", untag="UntagPolicy"),
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Resource(
        service="iam",
        inputs=words("policyArn role"),
        required=words("policyArn role"),
        id="$role/$policyArn",
        create=Call("AttachRolePolicy"),
        read=(
            Call(
                "ListAttachedRolePolicies",
                key={"RoleName": "$role"},
                at="attachedPolicies[?policyArn=='$policyArn'] | [0].{policyArn: policyArn}",
            ),
        ),
        delete=(Call("DetachRolePolicy", key={"RoleName": "$role", "PolicyArn": "$policyArn"}),),
        names={"role": "roleName"},
        replace=words("policyArn role"),
        delete_first=True,  # deleting the old attachment would remove the new one
    ),
}
