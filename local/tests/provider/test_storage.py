"""Buckets, objects and the code of functions."""

import io
import zipfile
from pathlib import Path

import grpc
import pytest

from local.provider.values import UNKNOWN

from .assets import archive, file_asset, path_archive, text_asset
from .engine import Engine
from .examples import EXAMPLES
from .world import World

BUCKET = "aws:s3/bucketV2:BucketV2"
OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"
FUNCTION = "aws:lambda/function:Function"


def test_a_bucket_with_force_destroy_is_deleted_with_all_versions(engine: Engine, world: World) -> None:
    bucket = engine.create(BUCKET, "lake", {"forceDestroy": True})
    s3 = world.client("s3")
    s3.put_bucket_versioning(Bucket=bucket.id, VersioningConfiguration={"Status": "Enabled"})
    for text in (b"one", b"two"):
        s3.put_object(Bucket=bucket.id, Key="data", Body=text)
    s3.delete_object(Bucket=bucket.id, Key="data")

    engine.delete(bucket)

    assert engine.refresh(bucket) is None


def test_a_bucket_without_force_destroy_is_deleted_only_if_it_is_empty(engine: Engine, world: World) -> None:
    bucket = engine.create(BUCKET, "lake", {})
    world.client("s3").put_object(Bucket=bucket.id, Key="data", Body=b"x")

    with pytest.raises(grpc.RpcError, match="DeleteBucket: BucketNotEmpty"):
        engine.delete(bucket)


def test_an_object_is_deleted_with_its_versions_and_without_its_neighbours(engine: Engine, world: World) -> None:
    s3 = world.client("s3")
    s3.put_bucket_versioning(Bucket=world.bucket, VersioningConfiguration={"Status": "Enabled"})
    first = engine.create(OBJECT, "data", {"bucket": world.bucket, "key": "data", "content": "one"})
    second = engine.update(first, {"bucket": world.bucket, "key": "data", "content": "two"})
    s3.put_object(Bucket=world.bucket, Key="data.bak", Body=b"x")

    engine.delete(second)

    assert second.outputs["versionId"] != first.outputs["versionId"]
    assert [version["Key"] for version in s3.list_object_versions(Bucket=world.bucket)["Versions"]] == ["data.bak"]


def test_an_objects_new_version_keeps_its_tags(engine: Engine, world: World) -> None:
    program = {"bucket": world.bucket, "key": "data", "content": "one", "tags": {"team": "data"}}
    made = engine.create(OBJECT, "data", program)

    updated = engine.update(made, {**program, "content": "two"})

    assert updated.outputs["tagsAll"] == {"team": "data"}
    assert updated.outputs["etag"] != made.outputs["etag"]


def test_a_preview_of_new_content_leaves_the_etag_unknown(engine: Engine, world: World) -> None:
    program = {"bucket": world.bucket, "key": "data", "source": text_asset("one")}
    made = engine.create(OBJECT, "data", program)

    planned = engine.update(made, {**program, "source": text_asset("two")}, preview=True)

    assert planned.outputs["etag"] is UNKNOWN
    assert planned.outputs["arn"] == made.outputs["arn"]


def test_an_archive_is_uploaded_as_a_zip(engine: Engine, world: World, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("code")
    engine.create(OBJECT, "zip", {"bucket": world.bucket, "source": path_archive(tmp_path)})

    body = world.client("s3").get_object(Bucket=world.bucket, Key="zip")["Body"].read()

    assert zipfile.ZipFile(io.BytesIO(body)).namelist() == ["module.py"]


def test_a_change_of_a_file_is_detected_by_its_hash(engine: Engine, world: World, tmp_path: Path) -> None:
    file = tmp_path / "recipe.json"
    file.write_text("{}")
    made = engine.create(OBJECT, "recipe", {"bucket": world.bucket, "source": file_asset(file)})

    file.write_text('{"name": "flights"}')
    difference = engine.diff(made, {"bucket": world.bucket, "source": file_asset(file)})

    assert dict(difference.detailedDiff).keys() == {"source"}


def test_new_code_changes_the_functions_code_and_nothing_else(engine: Engine, world: World) -> None:
    program = EXAMPLES[FUNCTION].inputs(world)
    made = engine.create(FUNCTION, "extract", program)
    changed = {**program, "code": archive({"handler.py": text_asset("def handler(event, context): return 2")})}

    assert list(engine.diff(made, changed).diffs) == ["code"]
    updated = engine.update(made, changed)

    differing = {name for name, value in updated.outputs.items() if value != made.outputs[name]}
    assert differing <= {"code", "codeSha256", "sourceCodeHash", "sourceCodeSize", "lastModified"}
    assert updated.outputs["sourceCodeHash"] != made.outputs["sourceCodeHash"]


def test_a_published_functions_version_counts_up(engine: Engine, world: World) -> None:
    program = {**EXAMPLES[FUNCTION].inputs(world), "publish": True}
    made = engine.create(FUNCTION, "extract", program)

    updated = engine.update(made, {**program, "timeout": 90})

    assert (made.outputs["version"], updated.outputs["version"]) == ("1", "2")
    assert updated.outputs["qualifiedArn"] == f"{updated.outputs['arn']}:2"
