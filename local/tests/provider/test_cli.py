"""The unmodified Pulumi CLI deploys a program with the provider."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import automation

from local.provider import ProviderServer

from .world import TRUST, World

PROJECT = Path(__file__).parents[3]
CLI = shutil.which("pulumi", path=os.pathsep.join((os.environ["PATH"], str(PROJECT / ".cache" / "bin"))))
Settings = dict[str, Any]


def resource(kind: str, name: str, inputs: dict[str, Any], outputs: tuple[str, ...] = (), **options: Any) -> Any:
    computed = dict.fromkeys(outputs)
    return pulumi.CustomResource(kind, name, {**computed, **inputs}, pulumi.ResourceOptions(**options))


def program(code: Path, settings: Settings) -> Callable[[], None]:
    def stack() -> None:
        bucket = resource("aws:s3/bucketV2:BucketV2", "lake", {"forceDestroy": True}, ("bucket", "arn"))
        recipe = {"bucket": bucket.bucket, "key": "recipe.json", "source": pulumi.FileAsset(str(code / "recipe.json"))}
        resource("aws:s3/bucketObjectv2:BucketObjectv2", "recipe", recipe)
        role = resource("aws:iam/role:Role", "role", {"assumeRolePolicy": TRUST}, ("arn", "name"))
        function = {
            "role": role.arn,
            "handler": "handler.handler",
            "runtime": "python3.13",
            "code": pulumi.AssetArchive({"handler.py": pulumi.FileAsset(str(code / "handler.py"))}),
            "environment": {"variables": {"BUCKET": bucket.bucket, "TOKEN": pulumi.Output.secret("hidden")}},
            "timeout": settings["timeout"],
        }
        function_arn = resource("aws:lambda/function:Function", "extract", function, ("arn",)).arn
        definition = function_arn.apply(lambda arn: json.dumps({"StartAt": "A", "States": {"A": state(arn)}}))
        machine = {"roleArn": role.arn, "definition": definition}
        arn = resource("aws:sfn/stateMachine:StateMachine", "machine", machine, ("arn",)).arn
        resource("aws:sns/topic:Topic", "topic", {"name": settings["topic"]})
        elsewhere = pulumi.ProviderResource("aws", "elsewhere", {"region": "eu-central-1"})
        archive = resource("aws:s3/bucketV2:BucketV2", "archive", {}, ("region",), provider=elsewhere)
        pulumi.export("machine", arn)
        pulumi.export("archive", archive.region)
        pulumi.export("lake", bucket.arn)

    return stack


def state(arn: str) -> dict[str, Any]:
    return {"Type": "Task", "Resource": arn, "End": True}


@pytest.fixture
def settings() -> Settings:
    return {"timeout": 60, "topic": "failures"}


@pytest.fixture
def stack(
    provider: ProviderServer, world: World, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> automation.Stack:
    assert CLI is not None, "no pulumi on the PATH and none in .cache/bin: run `make tools`"
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(CLI).parent), os.environ["PATH"])))
    (tmp_path / "handler.py").write_text("def handler(event, context): return event")
    (tmp_path / "recipe.json").write_text("{}")
    backend = automation.ProjectBackend(url=tmp_path.as_uri())
    workspace = automation.LocalWorkspaceOptions(
        work_dir=str(tmp_path),
        project_settings=automation.ProjectSettings(name="provider", runtime="python", backend=backend),
        env_vars={
            "PULUMI_CONFIG_PASSPHRASE": "",
            "PULUMI_DEBUG_PROVIDERS": f"aws:{provider.port}",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_HOME": str(tmp_path),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        },
    )
    return automation.create_stack("test", project_name="provider", program=program(tmp_path, settings), opts=workspace)


def changes(result: automation.UpResult | automation.RefreshResult) -> dict[str, int]:
    """The number of resources by kind of change, without unchanged ones."""
    summary = result.summary.resource_changes or {}
    return {str(kind): count for kind, count in summary.items() if kind != "same"}


def test_a_stack_is_created_unchanged_updated_in_part_and_destroyed(
    stack: automation.Stack, settings: Settings, world: World, tmp_path: Path
) -> None:
    assert changes(stack.up()) == {"create": 9}
    outputs = stack.outputs()
    assert outputs["archive"].value == "eu-central-1"
    definition = world.client("stepfunctions").describe_state_machine(stateMachineArn=outputs["machine"].value)
    assert ":function:extract-" in definition["definition"]

    assert stack.preview().change_summary.keys() == {"same"}
    assert changes(stack.refresh()) == {}
    assert changes(stack.up()) == {}

    settings["timeout"] = 90
    (tmp_path / "recipe.json").write_text('{"name": "flights"}')
    assert changes(stack.up()) == {"update": 2}

    settings["topic"] = "other"
    assert changes(stack.up()) == {"replace": 1}

    stack.destroy()
    assert world.client("s3").list_buckets()["Buckets"][0]["Name"] == world.bucket
    assert len(world.client("s3").list_buckets()["Buckets"]) == 1
    functions = world.client("lambda").list_functions()["Functions"]
    assert not [function for function in functions if function["FunctionName"] != world.function]


def test_secrets_stay_secret_in_the_state(stack: automation.Stack, tmp_path: Path) -> None:
    stack.up()

    state = (tmp_path / ".pulumi" / "stacks" / "provider" / "test.json").read_text()
    assert '"TOKEN"' in state
    assert "hidden" not in state


def test_a_deleted_resource_is_created_again(stack: automation.Stack, world: World) -> None:
    stack.up()
    sns = world.client("sns")
    sns.delete_topic(TopicArn=world.arn("sns", "failures"))

    assert changes(stack.refresh()) == {"delete": 1}
    assert changes(stack.up()) == {"create": 1}
    assert sns.get_topic_attributes(TopicArn=world.arn("sns", "failures"))
