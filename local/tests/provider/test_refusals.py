"""An error is one line with type, resource, operation and reason."""

from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from local.provider.values import UNKNOWN, to_python

from .assets import text_asset
from .engine import CheckFailedError, Engine, Registered, urn
from .examples import EXAMPLES
from .world import World

BUCKET = "aws:s3/bucketV2:BucketV2"
JOB = "aws:glue/job:Job"
DETAILS = "grpc-status-details-bin"
Refused = pytest.ExceptionInfo[grpc.RpcError]


def message(refused: Refused) -> str:
    return str(refused.value.details())


def metadata(refused: Refused) -> dict[str, Any]:
    trailing: Any = refused.value.trailing_metadata()
    return dict(trailing or ())


def test_an_unknown_type_is_an_error_that_names_it(engine: Engine) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        engine.create("aws:ec2/vpc:Vpc", "net", {})

    assert message(refused).startswith("aws:ec2/vpc:Vpc 'net': the local AWS does not support this type")


def test_an_unknown_function_is_an_error_that_names_it(engine: Engine) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        engine.invoke("aws:ec2/getVpc:getVpc")

    assert message(refused).startswith("aws:ec2/getVpc:getVpc: the local AWS does not support this function")


def test_all_invalid_inputs_are_reported_before_anything_is_created(engine: Engine, world: World) -> None:
    program = {
        **EXAMPLES[JOB].inputs(world),
        "colour": "blue",
        "command": {"scriptLocation": "s3://b/k", "lang": "python"},
        "workerType": "G.9X",
        "roleArn": None,
    }

    with pytest.raises(CheckFailedError) as refused:
        engine.create(JOB, "job", program)

    wrong = {line.partition(":")[0]: line for line in str(refused.value).splitlines()}
    assert wrong.keys() == {"colour", "command.lang", "workerType", "roleArn"}
    assert "the local AWS does not support this property" in wrong["colour"]
    assert wrong["roleArn"] == "roleArn: unset; must be set"


def test_unknown_values_are_not_refused(engine: Engine, world: World) -> None:
    program = dict.fromkeys(EXAMPLES[JOB].inputs(world), UNKNOWN)

    assert engine.preview(JOB, "job", program)["command"] is UNKNOWN


def test_an_error_of_aws_is_one_line(engine: Engine, world: World) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        engine.create("aws:glue/catalogTable:CatalogTable", "table", {"databaseName": "nowhere"})

    assert message(refused) == (
        "aws:glue/catalogTable:CatalogTable 'table': CreateTable: EntityNotFoundException: Database nowhere not found."
    )


def test_a_missing_asset_is_an_error_that_names_the_file(engine: Engine, world: World) -> None:
    source = {**text_asset(""), "path": "nowhere.json"}
    with pytest.raises(grpc.RpcError) as refused:
        engine.create("aws:s3/bucketObjectv2:BucketObjectv2", "o", {"bucket": world.bucket, "source": source})

    assert "'o': file or directory 'nowhere.json' does not exist" in message(refused)


def test_a_failed_create_leaves_nothing(engine: Engine, world: World) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        engine.create(BUCKET, "lake", {"bucket": "Not A Bucket Name"})

    assert "CreateBucket: " in message(refused)
    assert DETAILS not in metadata(refused)


def test_a_partly_created_resource_is_in_the_state_and_the_next_update_completes_it(
    engine: Engine, world: World
) -> None:
    program = {"bucket": "half-made", "tags": {"aws:reserved": "no"}}
    with pytest.raises(grpc.RpcError) as refused:
        engine.create(BUCKET, "lake", program)

    status = status_pb2.Status.FromString(metadata(refused)[DETAILS])
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    assert detail.id == "half-made"
    assert to_python(detail.properties)["arn"] == "arn:aws:s3:::half-made"
    assert to_python(detail.inputs) == {"bucket": "half-made"}
    assert "PutBucketTagging: InvalidTag" in detail.reasons[0]

    half = Registered(urn(BUCKET, "lake"), detail.id, to_python(detail.inputs), to_python(detail.properties))
    whole = engine.update(half, {**program, "tags": {"team": "data"}})
    assert whole.outputs["tagsAll"] == {"team": "data"}
