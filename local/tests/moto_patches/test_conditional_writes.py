"""S3's conditional requests, as recorded on AWS (2026-02-21, sources of copies 2026-02-23)."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow
from local.tests.moto_patches.bucket import MISSING, WRITES, Bucket, conflict, failed, not_implemented


@WRITES
def test_a_write_with_if_none_match_succeeds_once(bucket: Bucket, kind: str) -> None:
    bucket.write(kind, IfNoneMatch="*")
    assert bucket.write_refusal(kind, IfNoneMatch="*") == failed("If-None-Match")


@WRITES
def test_a_delete_marker_counts_as_a_missing_object(bucket: Bucket, kind: str) -> None:
    bucket.versioned()
    for _ in range(2):
        bucket.write(kind, IfNoneMatch="*")
        assert bucket.write_refusal(kind, IfNoneMatch="*") == failed("If-None-Match")
        etag = bucket.call("head_object")["ETag"]
        bucket.call("delete_object")
        assert bucket.write_refusal(kind, IfMatch=etag) == MISSING


@WRITES
def test_a_write_with_if_match_replaces_only_the_object_with_the_etag(bucket: Bucket, kind: str) -> None:
    assert bucket.write_refusal(kind, IfMatch='"any"') == MISSING
    etag = bucket.etag()
    assert bucket.write_refusal(kind, IfMatch='"other"') == failed("If-Match")
    bucket.write(kind, IfMatch=etag)
    assert bucket.write_refusal(kind, IfMatch=etag) == failed("If-Match")
    bucket.write(kind, IfMatch=bucket.call("head_object")["ETag"].strip('"'))


@WRITES
def test_other_conditions_are_not_implemented(bucket: Bucket, kind: str) -> None:
    etag = bucket.etag()

    def refused(header: str) -> tuple[int, dict[str, str]]:
        reason = f"We don't accept the provided value of {header} header for this API"
        return not_implemented(header, additionalMessage=reason)

    assert bucket.write_refusal(kind, IfMatch="*") == refused("If-Match")
    assert bucket.write_refusal(kind, IfNoneMatch=etag) == refused("If-None-Match")
    both = not_implemented(
        "If-Match,If-None-Match", additionalMessage="Multiple conditional request headers present in the request"
    )
    assert bucket.write_refusal(kind, IfMatch=etag, IfNoneMatch="*") == both


def test_a_write_during_an_upload_is_a_conflict(bucket: Bucket) -> None:
    before = bucket.etag("before")
    upload = bucket.upload()
    during = bucket.etag("during")
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch=before) == failed("If-Match")
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch=during) == conflict("If-Match")
    bucket.write("complete_multipart_upload", IfMatch=during)


def test_a_write_of_the_same_bytes_during_an_upload_is_a_conflict(bucket: Bucket) -> None:
    etag = bucket.etag()
    upload = bucket.upload()
    assert bucket.etag() == etag
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch=etag) == conflict("If-Match")


def test_a_deletion_during_an_upload_is_a_conflict(bucket: Bucket) -> None:
    bucket.etag()
    upload = bucket.upload()
    assert bucket.refusal("complete_multipart_upload", **upload, IfNoneMatch="*") == failed("If-None-Match")
    bucket.s3.delete_objects(Bucket=bucket.name, Delete={"Objects": [{"Key": "one"}]})
    assert bucket.refusal("complete_multipart_upload", **upload, IfNoneMatch="*") == conflict("If-None-Match")
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch='"any"') == MISSING
    bucket.write("complete_multipart_upload", IfNoneMatch="*")


def test_a_write_of_another_object_during_an_upload_is_not_a_conflict(bucket: Bucket) -> None:
    upload = bucket.upload()
    bucket.call("put_object", Key="other")
    bucket.call("complete_multipart_upload", **upload, IfNoneMatch="*")


def test_a_copy_onto_itself_supports_if_match(bucket: Bucket) -> None:
    here: dict[str, Any] = {"Key": "source.txt", "CopySource": f"{bucket.name}/source.txt", "StorageClass": "STANDARD"}
    assert bucket.refusal("copy_object", **here, IfNoneMatch="*") == failed("If-None-Match")
    bucket.call("copy_object", **here, IfMatch=bucket.call("head_object", Key="source.txt")["ETag"])


@pytest.mark.parametrize("kind", ["copy_object", "upload_part_copy"])
def test_a_copy_supports_conditions_on_its_source(bucket: Bucket, kind: str) -> None:
    here: dict[str, Any] = {"CopySource": f"{bucket.name}/source.txt"}
    if kind == "upload_part_copy":
        here |= {"UploadId": bucket.call("create_multipart_upload")["UploadId"], "PartNumber": 1}
    found = bucket.call("head_object", Key="source.txt")
    etag, written, day = found["ETag"], found["LastModified"], timedelta(days=1)
    not_modified = {"CopySourceIfModifiedSince": written}
    same = {"CopySourceIfNoneMatch": etag}
    modified = {"CopySourceIfUnmodifiedSince": written - day}
    other = {"CopySourceIfMatch": "other"}
    time.sleep(max(0.0, 1 - (datetime.now(UTC) - written).total_seconds()))  # S3 ignores a date in the future
    for conditions, name in (
        (not_modified, "If-Modified-Since"),
        (not_modified | same, "If-None-Match"),
        (not_modified | same | modified, "If-Unmodified-Since"),
        (not_modified | same | modified | other, "If-Match"),
        ({"CopySourceIfNoneMatch": etag.strip('"')}, "If-None-Match"),
        ({"CopySourceIfNoneMatch": "other"} | modified, "If-Unmodified-Since"),
    ):
        assert bucket.refusal(kind, **here, **conditions) == failed(f"x-amz-copy-source-{name}")
    bucket.call(kind, **here, CopySourceIfMatch=etag, **modified)
    bucket.call(kind, **here, CopySourceIfModifiedSince=datetime.now(UTC) + day)
    kept: Any = {"CopySourceIfMatch": etag.strip('"'), "CopySourceIfNoneMatch": "other"}
    kept |= {"CopySourceIfModifiedSince": written - day, "CopySourceIfUnmodifiedSince": written}
    bucket.call(kind, **here, **kept)


def test_a_deletion_supports_if_match(bucket: Bucket) -> None:
    etag = bucket.etag()
    assert bucket.refusal("delete_object", IfMatch="badvalue") == failed("If-Match")
    bucket.call("delete_object", IfMatch=etag)
    assert bucket.refusal("delete_object", IfMatch=etag) == MISSING  # documented in the user guide, not recorded
    bucket.etag()
    bucket.call("delete_object", IfMatch="*")


def test_a_deletion_does_not_support_conditions_on_size_or_date(bucket: Bucket) -> None:
    bucket.etag()
    size: dict[str, Any] = {"IfMatchSize": 10}
    date: dict[str, Any] = {"IfMatchLastModifiedTime": datetime.now(UTC)}
    assert bucket.refusal("delete_object", **size) == not_implemented("x-amz-if-match-size")
    by_both = bucket.refusal("delete_object", **size, **date, IfMatch="badvalue")
    assert by_both == not_implemented("x-amz-if-match-last-modified-time")


def test_a_deletion_of_several_objects_does_not_support_conditions(bucket: Bucket) -> None:
    objects = [{"Key": "one", "ETag": bucket.etag()}]
    with pytest.raises(ClientError, match="NotImplemented"):
        bucket.s3.delete_objects(Bucket=bucket.name, Delete={"Objects": objects})
    bucket.call("head_object")


@WRITES
def test_one_of_many_concurrent_conditional_writes_succeeds(bucket: Bucket, kind: str) -> None:
    def wins(condition: dict[str, str]) -> bool:
        try:
            bucket.write(kind, **condition)
            return True
        except ClientError as error:
            assert error.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict")
            return False

    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(wins, [{"IfNoneMatch": "*"}] * 8)).count(True) == 1
            bucket.etag()
            assert list(pool.map(wins, [{"IfMatch": bucket.call("head_object")["ETag"]}] * 8)).count(True) <= 1
            bucket.call("delete_object")


def test_a_write_with_if_match_needs_the_permission_to_read(account: Account, bucket: Bucket) -> None:
    objects, etag = f"arn:aws:s3:::{bucket.name}/*", bucket.etag()
    writer = account.client("s3", account.user(allow("s3:PutObject", "s3:DeleteObject", on=objects)))
    for call in (writer.put_object, writer.delete_object):
        with pytest.raises(ClientError, match="AccessDenied"):
            call(Bucket=bucket.name, Key="one", IfMatch=etag)
    writer.put_object(Bucket=bucket.name, Key="new", IfNoneMatch="*")
    writer.delete_object(Bucket=bucket.name, Key="one", IfMatch="*")
