"""Changes outside of Pulumi, and the update that reverts them."""

from collections.abc import Callable
from typing import Any

import pytest

from .engine import Engine
from .examples import EXAMPLES
from .world import TRUST, World

Change = Callable[[World, dict[str, Any]], Any]

CHANGES: dict[str, tuple[Change, str]] = {
    "aws:cloudwatch/logGroup:LogGroup": (
        lambda world, state: world.client("logs").delete_retention_policy(logGroupName=state["name"]),
        "retentionInDays",
    ),
    "aws:glue/catalogTable:CatalogTable": (
        lambda world, state: world.client("glue").update_table(
            DatabaseName=state["databaseName"], TableInput={"Name": state["name"], "Description": "flights"}
        ),
        "storageDescriptor",
    ),
    "aws:iam/policy:Policy": (
        lambda world, state: world.client("iam").create_policy_version(
            PolicyArn=state["arn"], PolicyDocument=state["policy"].replace("GetObject", "*"), SetAsDefault=True
        ),
        "policy",
    ),
    "aws:iam/role:Role": (
        lambda world, state: world.client("iam").untag_role(RoleName=state["name"], TagKeys=["team"]),
        "tags",
    ),
    "aws:lambda/function:Function": (
        lambda world, state: world.client("lambda").update_function_configuration(
            FunctionName=state["name"], MemorySize=3008
        ),
        "memorySize",
    ),
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": (
        lambda world, state: world.client("s3").put_bucket_lifecycle_configuration(
            Bucket=state["bucket"],
            LifecycleConfiguration={
                "Rules": [{"ID": "raw", "Status": "Disabled", "Prefix": "raw/", "Expiration": {"Days": 1}}]
            },
        ),
        "rules",
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (
        lambda world, state: world.client("s3").put_public_access_block(
            Bucket=state["bucket"],
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        ),
        "blockPublicPolicy",
    ),
    "aws:s3/bucketV2:BucketV2": (
        lambda world, state: world.client("s3").delete_bucket_tagging(Bucket=state["bucket"]),
        "tags",
    ),
    "aws:s3/bucketVersioningV2:BucketVersioningV2": (
        lambda world, state: world.client("s3").put_bucket_versioning(
            Bucket=state["bucket"], VersioningConfiguration={"Status": "Suspended"}
        ),
        "versioningConfiguration",
    ),
    "aws:sfn/stateMachine:StateMachine": (
        lambda world, state: world.client("stepfunctions").update_state_machine(
            stateMachineArn=state["arn"], definition=state["definition"].replace("Done", "Changed")
        ),
        "definition",
    ),
    "aws:sns/topic:Topic": (
        lambda world, state: world.client("sns").set_topic_attributes(
            TopicArn=state["arn"], AttributeName="DisplayName", AttributeValue="changed"
        ),
        "displayName",
    ),
}


@pytest.mark.parametrize("kind", sorted(CHANGES))
def test_a_change_outside_of_pulumi_is_detected_and_reverted(engine: Engine, world: World, kind: str) -> None:
    change, name = CHANGES[kind]
    program = EXAMPLES[kind].inputs(world)
    made = engine.create(kind, "example", program)
    change(world, made.outputs)

    drifted = engine.refresh(made)
    assert drifted is not None
    assert name in list(engine.diff(drifted, program).diffs)

    restored = engine.update(drifted, program)
    assert restored.outputs[name] == made.outputs[name]
    assert engine.refresh(restored) == restored


def test_additional_policies_of_a_role_with_listed_policies_are_drift(engine: Engine, world: World) -> None:
    program = {"assumeRolePolicy": TRUST, "managedPolicyArns": [world.policy_arn]}
    role = engine.create("aws:iam/role:Role", "role", program)
    world.client("iam").detach_role_policy(RoleName=role.id, PolicyArn=world.policy_arn)

    drifted = engine.refresh(role)

    assert drifted is not None
    assert list(engine.diff(drifted, program).diffs) == ["managedPolicyArns"]


def test_a_changed_default_is_restored(engine: Engine, world: World) -> None:
    kind = "aws:lambda/function:Function"
    program = {k: v for k, v in EXAMPLES[kind].inputs(world).items() if k != "memorySize"}
    made = engine.create(kind, "example", program)
    world.client("lambda").update_function_configuration(FunctionName=made.outputs["name"], MemorySize=3008)

    drifted = engine.refresh(made)

    assert drifted is not None
    assert list(engine.diff(drifted, program).diffs) == ["memorySize"]
    assert engine.update(drifted, program).outputs["memorySize"] == 128


def test_a_value_that_another_resource_sets_is_not_drift(engine: Engine, world: World) -> None:
    role = engine.create(
        "aws:iam/role:Role",
        "role",
        {"assumeRolePolicy": EXAMPLES["aws:iam/role:Role"].inputs(world)["assumeRolePolicy"]},
    )
    topic = engine.create("aws:sns/topic:Topic", "topic", {})

    engine.create(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {"role": role.id, "policyArn": world.policy_arn}
    )
    policy = EXAMPLES["aws:sns/topicPolicy:TopicPolicy"].inputs(world)["policy"]
    engine.create("aws:sns/topicPolicy:TopicPolicy", "p", {"arn": topic.id, "policy": policy})

    assert engine.refresh(role) == role
    assert engine.refresh(topic) == topic
