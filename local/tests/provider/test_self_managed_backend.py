"""The Pulumi CLI as in continuous deployment: state in a bucket, secrets with a KMS key or a passphrase."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pulumi
import pytest
from pulumi import automation

from local.provider import ProviderServer

from .test_cli import CLI, resource
from .world import World

STATE = "pulumi-state"
STACK_FILE = "Pulumi.dev.yaml"


def program() -> None:
    resource("aws:sns/topic:Topic", "topic", {"name": "failures", "displayName": pulumi.Output.secret("hidden")})


@pytest.fixture
def backend(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a bucket for the state of stacks."""
    assert CLI is not None, "no pulumi on the PATH and none in .cache/bin: run `make tools`"
    monkeypatch.setenv("PATH", os.pathsep.join((str(Path(CLI).parent), os.environ["PATH"])))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", world.endpoint.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", world.endpoint.secret_access_key)
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE", raising=False)
    world.client("s3").create_bucket(Bucket=STATE)
    return f"s3://{STATE}?{local(world)}&s3ForcePathStyle=true"


def local(world: World) -> str:
    """The settings that direct the CLI's own clients to the local AWS; on AWS the region suffices."""
    return f"region={world.endpoint.region}&endpoint={urlsplit(world.endpoint.url).netloc}&disableSSL=true"


def options(
    provider: ProviderServer, folder: Path, backend: str, secrets_provider: str, **variables: str
) -> automation.LocalWorkspaceOptions:
    """A checkout of the project in a new folder."""
    folder.mkdir(exist_ok=True)
    return automation.LocalWorkspaceOptions(
        work_dir=str(folder),
        project_settings=automation.ProjectSettings(
            name="released", runtime="python", backend=automation.ProjectBackend(url=backend)
        ),
        secrets_provider=secrets_provider,
        env_vars={
            "PULUMI_DEBUG_PROVIDERS": f"aws:{provider.port}",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_HOME": str(folder),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            **variables,
        },
    )


def stored(world: World) -> str:
    state = world.client("s3").get_object(Bucket=STATE, Key=".pulumi/stacks/released/dev.json")
    return str(state["Body"].read().decode())


@pytest.mark.parametrize("secrets", ["awskms", "passphrase"])
def test_a_stack_that_was_initialised_once_is_deployed_from_any_checkout(
    provider: ProviderServer, world: World, backend: str, tmp_path: Path, secrets: str
) -> None:
    passphrase = {"PULUMI_CONFIG_PASSPHRASE": "correct horse"} if secrets == "passphrase" else {}
    kms = f"awskms://{world.key_id()}?{local(world)}"
    chosen = kms if secrets == "awskms" else "passphrase"
    first = options(provider, tmp_path / "first", backend, chosen, **passphrase)
    automation.create_stack("dev", project_name="released", program=program, opts=first)

    # the stack file is committed
    second = options(provider, tmp_path / "second", backend, chosen, **passphrase)
    (tmp_path / "second" / STACK_FILE).write_bytes((tmp_path / "first" / STACK_FILE).read_bytes())
    stack = automation.select_stack("dev", project_name="released", program=program, opts=second)
    assert stack.preview().change_summary == {"create": 2}
    stack.up()
    assert world.client("sns").get_topic_attributes(TopicArn=world.arn("sns", "failures"))
    assert '"failures"' in stored(world)
    assert "hidden" not in stored(world)


def test_without_the_stack_file_of_its_initialisation_a_stack_is_not_deployed(
    provider: ProviderServer, world: World, backend: str, tmp_path: Path
) -> None:
    kms = f"awskms://{world.key_id()}?{local(world)}"
    first = options(provider, tmp_path / "first", backend, kms)
    automation.create_stack("dev", project_name="released", program=program, opts=first)
    second = options(provider, tmp_path / "second", backend, "passphrase")
    with pytest.raises(automation.CommandError, match="passphrase must be set with PULUMI_CONFIG_PASSPHRASE"):
        automation.select_stack("dev", project_name="released", program=program, opts=second).preview()
