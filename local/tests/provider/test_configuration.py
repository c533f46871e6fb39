"""The provider's configuration, and several provider instances in one program."""

import json
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from local.provider import ProviderServer
from local.provider.servicer import VERSION
from local.provider.values import UNKNOWN, to_struct

from .engine import Engine
from .world import World

LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"


def refusals(engine: Engine, **configuration: Any) -> dict[str, str]:
    answer = engine.provider.CheckConfig(provider_pb2.CheckRequest(news=to_struct(configuration)))
    return {failure.property: failure.reason for failure in answer.failures}


def test_a_supported_setting_is_accepted(engine: Engine) -> None:
    assert not refusals(
        engine,
        region="eu-central-1",
        allowedAccountIds=json.dumps(["123456789012"]),
        defaultTags=json.dumps({"tags": {"team": "data"}}),
        skipCredentialsValidation="true",
        version=VERSION,
    )


def test_another_setting_is_refused_by_name(engine: Engine) -> None:
    assert refusals(engine, profile="me") == {
        "profile": "the local AWS does not support this setting; "
        "must be one of allowedAccountIds, defaultTags, forbiddenAccountIds, region"
    }


def test_another_account_is_refused(engine: Engine) -> None:
    assert (
        "must include the local AWS's account 123456789012"
        in refusals(engine, allowedAccountIds='["1"]')["allowedAccountIds"]
    )
    assert "must not include" in refusals(engine, forbiddenAccountIds='["123456789012"]')["forbiddenAccountIds"]


def test_a_list_or_an_object_of_another_type_is_refused(engine: Engine) -> None:
    assert refusals(engine, allowedAccountIds="123456789012", defaultTags="team=data") == {
        "allowedAccountIds": "invalid value 123456789012; must be a list of account ids",
        "defaultTags": "invalid value 'team=data'; must be an object with tags",
    }


def test_an_unknown_configuration_is_accepted(engine: Engine) -> None:
    assert not refusals(engine, region=UNKNOWN, allowedAccountIds=UNKNOWN, defaultTags=UNKNOWN)


def test_only_another_region_replaces_the_provider(engine: Engine) -> None:
    old, new = ({"region": region, "maxRetries": tries} for region, tries in (("us-east-1", 1), ("eu-west-1", 2)))

    answer = engine.provider.DiffConfig(provider_pb2.DiffRequest(old_inputs=to_struct(old), news=to_struct(new)))

    assert (list(answer.diffs), list(answer.replaces)) == (["maxRetries", "region"], ["region"])


def test_every_taggable_resource_has_the_default_tags_and_its_own_override_them(
    provider: ProviderServer, world: World
) -> None:
    engine = Engine(provider.port, defaultTags=json.dumps({"tags": {"team": "data", "stage": "dev"}}))

    made = engine.create(LOG_GROUP, "logs", {"tags": {"stage": "test"}})

    assert made.inputs["tags"] == made.outputs["tagsAll"] == {"team": "data", "stage": "test"}
    engine.channel.close()


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_each_provider_instance_has_its_own_region(provider: ProviderServer, world: World, region: str) -> None:
    first, second = Engine(provider.port, region=region), Engine(provider.port, region="ap-south-1")

    bucket = first.create("aws:s3/bucketV2:BucketV2", "lake", {})

    assert bucket.outputs["region"] == region
    assert first.invoke("aws:index/getRegion:getRegion")["name"] == region
    assert second.invoke("aws:index/getRegion:getRegion")["name"] == "ap-south-1"
    for engine in (first, second):
        engine.channel.close()


def test_programs_can_read_region_and_caller_identity(engine: Engine) -> None:
    assert engine.invoke("aws:index/getCallerIdentity:getCallerIdentity")["accountId"] == "123456789012"
    assert engine.invoke("aws:index/getPartition:getPartition") == {
        "dnsSuffix": "amazonaws.com",
        "id": "aws",
        "partition": "aws",
        "reverseDnsPrefix": "com.amazonaws",
    }


def test_the_plugin_reports_the_emulated_version(engine: Engine) -> None:
    assert engine.provider.GetPluginInfo(provider_pb2.GetSchemaRequest()).version == "6.83.0"
    schema = engine.provider.GetSchema(provider_pb2.GetSchemaRequest()).schema
    assert json.loads(schema) == {"name": "aws", "version": "6.83.0"}
