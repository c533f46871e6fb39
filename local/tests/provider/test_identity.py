"""Roles, policies, keys and the order of a replacement."""

import json

import grpc
import pytest

from .engine import Engine
from .examples import EXAMPLES
from .world import TRUST, World

ROLE = "aws:iam/role:Role"
POLICY = "aws:iam/policy:Policy"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


def document(action: str) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


def test_a_policy_may_change_more_often_than_its_quota_of_versions(engine: Engine) -> None:
    policy = engine.create(POLICY, "reads", {"policy": document("s3:GetObject")})

    for number in range(7):
        policy = engine.update(policy, {"policy": document(f"s3:Get{number}")})

    assert json.loads(policy.outputs["policy"])["Statement"][0]["Action"] == "s3:Get6"
    engine.delete(policy)
    assert engine.refresh(policy) is None


def test_a_roles_own_policies_follow_the_program(engine: Engine, world: World) -> None:
    own = [{"name": "one", "policy": document("s3:One")}, {"name": "two", "policy": document("s3:Two")}]
    role = engine.create(ROLE, "role", {"assumeRolePolicy": TRUST, "inlinePolicies": own})

    role = engine.update(
        role, {"assumeRolePolicy": TRUST, "inlinePolicies": own[1:], "managedPolicyArns": [world.policy_arn]}
    )

    iam = world.client("iam")
    assert iam.list_role_policies(RoleName=role.id)["PolicyNames"] == ["two"]
    assert role.outputs["managedPolicyArns"] == [world.policy_arn]
    engine.delete(role)
    assert engine.refresh(role) is None


def test_a_role_with_a_foreign_policy_is_deleted_only_by_force(engine: Engine, world: World) -> None:
    forced, plain = (
        engine.create(ROLE, name, {"assumeRolePolicy": TRUST, "forceDetachPolicies": name == "forced"})
        for name in ("forced", "plain")
    )
    for role in (forced, plain):
        world.client("iam").attach_role_policy(RoleName=role.id, PolicyArn=world.policy_arn)

    engine.delete(forced)

    assert engine.refresh(forced) is None
    with pytest.raises(grpc.RpcError, match="DeleteRole: DeleteConflict"):
        engine.delete(plain)


def test_a_broken_policy_is_refused(engine: Engine) -> None:
    with pytest.raises(grpc.RpcError, match="CreatePolicy: MalformedPolicyDocument"):
        engine.create(POLICY, "reads", {"policy": "{}"})


def test_a_replacement_of_a_fixed_name_deletes_first(engine: Engine) -> None:
    program = {"name": "fixed", "assumeRolePolicy": TRUST}
    fixed = engine.create(ROLE, "fixed", program)
    made_up = engine.create(ROLE, "free", {"assumeRolePolicy": TRUST})

    assert engine.diff(fixed, {**program, "path": "/data/"}).deleteBeforeReplace
    assert not engine.diff(fixed, {**program, "name": "other"}).deleteBeforeReplace
    assert engine.diff(made_up, {"assumeRolePolicy": TRUST, "path": "/data/"}).deleteBeforeReplace


def test_an_attachment_is_always_deleted_before_its_replacement(engine: Engine, world: World) -> None:
    attached = engine.create(ATTACHMENT, "a", {"role": world.role, "policyArn": world.policy_arn})

    difference = engine.diff(attached, {"role": world.role, "policyArn": "arn:aws:iam::aws:policy/Other"})

    assert list(difference.replaces) == ["policyArn"]
    assert difference.deleteBeforeReplace


def test_a_detailed_difference_has_the_path_and_whether_it_replaces(engine: Engine, world: World) -> None:
    kind = "aws:glue/catalogTable:CatalogTable"
    program = EXAMPLES[kind].inputs(world)
    made = engine.create(kind, "table", program)
    storage = {**program["storageDescriptor"], "location": "s3://elsewhere/"}

    difference = engine.diff(made, {**program, "storageDescriptor": storage, "databaseName": "other"})

    kinds = {path: detail.kind for path, detail in difference.detailedDiff.items()}
    detail = difference.detailedDiff["databaseName"]
    assert kinds == {"storageDescriptor.location": detail.UPDATE, "databaseName": detail.UPDATE_REPLACE}


def test_a_key_keeps_a_policy_that_is_no_longer_set(engine: Engine, world: World) -> None:
    key = engine.create("aws:kms/key:Key", "key", {"policy": document("kms:*")})

    engine.update(key, {})

    kept = world.client("kms").get_key_policy(KeyId=key.id, PolicyName="default")["Policy"]
    assert kept == document("kms:*")


def test_tags_are_added_changed_and_removed(engine: Engine, world: World) -> None:
    role = engine.create(ROLE, "role", {"assumeRolePolicy": TRUST, "tags": {"stays": "1", "changes": "1", "goes": "1"}})

    engine.update(role, {"assumeRolePolicy": TRUST, "tags": {"stays": "1", "changes": "2", "comes": "1"}})

    tags = {tag["Key"]: tag["Value"] for tag in world.client("iam").get_role(RoleName=role.id)["Role"]["Tags"]}
    assert tags == {"stays": "1", "changes": "2", "comes": "1"}


def test_a_key_in_its_deletion_window_does_not_exist_for_pulumi(engine: Engine, world: World) -> None:
    key = engine.create("aws:kms/key:Key", "key", {"deletionWindowInDays": 7})

    engine.delete(key)

    assert world.client("kms").describe_key(KeyId=key.id)["KeyMetadata"]["KeyState"] == "PendingDeletion"
    assert engine.refresh(key) is None
