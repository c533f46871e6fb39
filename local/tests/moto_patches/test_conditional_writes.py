"""S3's conditional requests, as recorded on AWS (2026-02-21, sources of copies 2026-02-23)."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account, allow

_FAILED = "At least one of the pre-conditions you specified did not hold"
_MISSING = (404, {"Code": "NoSuchKey", "Message": "The specified key does not exist.", "Key": "one"})


class Bucket:
    """A bucket with a source to copy, and calls that write its object `one`."""

    def __init__(self, account: Account) -> None:
        self.s3, self.name = account.client("s3"), account.bucket(source="source")

    def call(self, operation: str, **arguments: Any) -> Any:
        return getattr(self.s3, operation)(Bucket=self.name, **{"Key": "one", **arguments})

    def etag(self, body: str = "first") -> str:
        return str(self.call("put_object", Body=body)["ETag"])

    def versioned(self) -> None:
        self.s3.put_bucket_versioning(Bucket=self.name, VersioningConfiguration={"Status": "Enabled"})

    def upload(self) -> dict[str, Any]:
        """The arguments that complete a new multipart upload of one part."""
        upload = self.call("create_multipart_upload")["UploadId"]
        part = self.call("upload_part", UploadId=upload, PartNumber=1, Body=b"part")
        return {"UploadId": upload, "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}}

    def write(self, kind: str, **condition: str) -> Any:
        more: dict[str, Any] = {
            "put_object": {"Body": b"new"},
            "copy_object": {"CopySource": f"{self.name}/source.txt"},
        }
        return self.call(kind, **(self.upload() if kind == "complete_multipart_upload" else more[kind]), **condition)

    def refusal(self, operation: str, **arguments: Any) -> tuple[int, dict[str, str]]:
        with pytest.raises(ClientError) as refused:
            self.call(operation, **arguments)
        return _refusal(refused.value)

    def write_refusal(self, kind: str, **condition: str) -> tuple[int, dict[str, str]]:
        with pytest.raises(ClientError) as refused:
            self.write(kind, **condition)
        return _refusal(refused.value)


def _refusal(error: ClientError) -> tuple[int, dict[str, str]]:
    response: Any = error.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]


def _failed(condition: str) -> tuple[int, dict[str, str]]:
    return 412, {"Code": "PreconditionFailed", "Message": _FAILED, "Condition": condition}


def _conflict(condition: str) -> tuple[int, dict[str, str]]:
    text = "The conditional request cannot succeed due to a conflicting operation against this resource."
    return 409, {"Code": "ConditionalRequestConflict", "Message": text, "Condition": condition, "Key": "one"}


def _not_implemented(header: str, **more: str) -> tuple[int, dict[str, str]]:
    text = "A header you provided implies functionality that is not implemented"
    return 501, {"Code": "NotImplemented", "Message": text, "Header": header, **more}


@pytest.fixture
def bucket(account: Account) -> Iterator[Bucket]:
    yield Bucket(account)


WRITES = pytest.mark.parametrize("kind", ["put_object", "copy_object", "complete_multipart_upload"])


@WRITES
def test_a_write_with_if_none_match_succeeds_once(bucket: Bucket, kind: str) -> None:
    bucket.write(kind, IfNoneMatch="*")
    assert bucket.write_refusal(kind, IfNoneMatch="*") == _failed("If-None-Match")


@WRITES
def test_a_delete_marker_counts_as_a_missing_object(bucket: Bucket, kind: str) -> None:
    bucket.versioned()
    for _ in range(2):
        bucket.write(kind, IfNoneMatch="*")
        assert bucket.write_refusal(kind, IfNoneMatch="*") == _failed("If-None-Match")
        etag = bucket.call("head_object")["ETag"]
        bucket.call("delete_object")
        assert bucket.write_refusal(kind, IfMatch=etag) == _MISSING


@WRITES
def test_a_write_with_if_match_replaces_only_the_object_with_the_etag(bucket: Bucket, kind: str) -> None:
    assert bucket.write_refusal(kind, IfMatch='"any"') == _MISSING
    etag = bucket.etag()
    assert bucket.write_refusal(kind, IfMatch='"other"') == _failed("If-Match")
    bucket.write(kind, IfMatch=etag)
    assert bucket.write_refusal(kind, IfMatch=etag) == _failed("If-Match")
    bucket.write(kind, IfMatch=bucket.call("head_object")["ETag"].strip('"'))


@WRITES
def test_other_conditions_are_not_implemented(bucket: Bucket, kind: str) -> None:
    etag = bucket.etag()

    def refused(header: str) -> tuple[int, dict[str, str]]:
        reason = f"We don't accept the provided value of {header} header for this API"
        return _not_implemented(header, additionalMessage=reason)

    assert bucket.write_refusal(kind, IfMatch="*") == refused("If-Match")
    assert bucket.write_refusal(kind, IfNoneMatch=etag) == refused("If-None-Match")
    both = _not_implemented(
        "If-Match,If-None-Match", additionalMessage="Multiple conditional request headers present in the request"
    )
    assert bucket.write_refusal(kind, IfMatch=etag, IfNoneMatch="*") == both


def test_a_write_during_an_upload_is_a_conflict(bucket: Bucket) -> None:
    before = bucket.etag("before")
    upload = bucket.upload()
    during = bucket.etag("during")
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch=before) == _failed("If-Match")
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch=during) == _conflict("If-Match")
    bucket.write("complete_multipart_upload", IfMatch=during)


def test_a_write_of_the_same_bytes_during_an_upload_is_a_conflict(bucket: Bucket) -> None:
    etag = bucket.etag()
    upload = bucket.upload()
    assert bucket.etag() == etag
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch=etag) == _conflict("If-Match")


def test_a_deletion_during_an_upload_is_a_conflict(bucket: Bucket) -> None:
    bucket.etag()
    upload = bucket.upload()
    assert bucket.refusal("complete_multipart_upload", **upload, IfNoneMatch="*") == _failed("If-None-Match")
    bucket.s3.delete_objects(Bucket=bucket.name, Delete={"Objects": [{"Key": "one"}]})
    assert bucket.refusal("complete_multipart_upload", **upload, IfNoneMatch="*") == _conflict("If-None-Match")
    assert bucket.refusal("complete_multipart_upload", **upload, IfMatch='"any"') == _MISSING
    bucket.write("complete_multipart_upload", IfNoneMatch="*")


def test_a_write_of_another_object_during_an_upload_is_not_a_conflict(bucket: Bucket) -> None:
    upload = bucket.upload()
    bucket.call("put_object", Key="other")
    bucket.call("complete_multipart_upload", **upload, IfNoneMatch="*")


def test_a_copy_onto_itself_supports_if_match(bucket: Bucket) -> None:
    here: dict[str, Any] = {"Key": "source.txt", "CopySource": f"{bucket.name}/source.txt", "StorageClass": "STANDARD"}
    assert bucket.refusal("copy_object", **here, IfNoneMatch="*") == _failed("If-None-Match")
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
        assert bucket.refusal(kind, **here, **conditions) == _failed(f"x-amz-copy-source-{name}")
    bucket.call(kind, **here, CopySourceIfMatch=etag, **modified)
    bucket.call(kind, **here, CopySourceIfModifiedSince=datetime.now(UTC) + day)
    kept: Any = {"CopySourceIfMatch": etag.strip('"'), "CopySourceIfNoneMatch": "other"}
    kept |= {"CopySourceIfModifiedSince": written - day, "CopySourceIfUnmodifiedSince": written}
    bucket.call(kind, **here, **kept)


def test_a_deletion_supports_if_match(bucket: Bucket) -> None:
    etag = bucket.etag()
    assert bucket.refusal("delete_object", IfMatch="badvalue") == _failed("If-Match")
    bucket.call("delete_object", IfMatch=etag)
    assert bucket.refusal("delete_object", IfMatch=etag) == _MISSING  # documented in the user guide, not recorded
    bucket.etag()
    bucket.call("delete_object", IfMatch="*")


def test_a_deletion_does_not_support_conditions_on_size_or_date(bucket: Bucket) -> None:
    bucket.etag()
    size: dict[str, Any] = {"IfMatchSize": 10}
    date: dict[str, Any] = {"IfMatchLastModifiedTime": datetime.now(UTC)}
    assert bucket.refusal("delete_object", **size) == _not_implemented("x-amz-if-match-size")
    by_both = bucket.refusal("delete_object", **size, **date, IfMatch="badvalue")
    assert by_both == _not_implemented("x-amz-if-match-last-modified-time")


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


@WRITES
def test_an_object_in_a_bucket_without_versions_has_no_version(bucket: Bucket, kind: str) -> None:
    assert "VersionId" not in bucket.write(kind)
    bucket.versioned()
    assert bucket.write(kind)["VersionId"] != "null"


def test_every_object_is_encrypted_by_default(bucket: Bucket) -> None:
    upload = bucket.call("create_multipart_upload")
    part = bucket.call("upload_part", UploadId=upload["UploadId"], PartNumber=1, Body=b"part")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    done = bucket.call("complete_multipart_upload", UploadId=upload["UploadId"], MultipartUpload=parts)
    answers = [upload, part, done, bucket.write("put_object"), bucket.write("copy_object")]
    answers += [bucket.call("head_object"), bucket.call("get_object")]
    assert [answer["ServerSideEncryption"] for answer in answers] == ["AES256"] * len(answers)


def test_a_multipart_upload_has_the_buckets_encryption(account: Account, bucket: Bucket) -> None:
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
    bucket.s3.put_bucket_encryption(Bucket=bucket.name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    upload = bucket.call("create_multipart_upload")
    answers = [
        upload,
        bucket.call("upload_part", UploadId=upload["UploadId"], PartNumber=1),
        bucket.write("put_object"),
    ]
    answers.append(bucket.write("complete_multipart_upload"))
    assert [(a["ServerSideEncryption"], a["SSEKMSKeyId"]) for a in answers] == [("aws:kms", key)] * len(answers)
