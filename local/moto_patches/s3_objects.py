"""S3: bucket policies, encryption, checksums, multipart uploads, deletions and listings of objects.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
"""

from collections.abc import Callable
from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, S3Backend
from moto.s3.responses import S3Response

from local.moto_patches.patching import add, patch

_ENCRYPTION = "x-amz-server-side-encryption"
_KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id"
_FULL_OBJECT = "FULL_OBJECT"


@patch(
    FakeBucket,
    "get_permission",
    "moto's check of bucket policies ignores their conditions; `local.authorization` has checked them.",
)
def get_permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    return PermissionResult.NEUTRAL


@add(
    FakeDeleteMarker,
    "dispose",
    "moto's DeleteObjects disposes of the content of each version, which a delete marker does not have.",
)
def dispose_of_delete_marker(marker: FakeDeleteMarker) -> None:
    pass


@patch(
    FakeKey,
    "__init__",
    "S3 encrypts every object, by default with its own keys, and each checksum has a type; "
    "moto sets the type for multipart uploads only.",
)
def init_key(original: Callable[..., None], key: Any, *arguments: Any, **named: Any) -> None:
    original(key, *arguments, **named)
    key.encryption = key.encryption or "AES256"
    key.checksum_type = key.checksum_type or _FULL_OBJECT


@patch(S3Response, "_get_checksum", "moto's responses have a checksum's type for multipart uploads only.")
def get_checksum(original: Callable[..., Any], service: Any, response_headers: dict[str, Any]) -> Any:
    checksum = original(service, response_headers)
    if checksum[0]:
        response_headers["x-amz-checksum-type"] = _FULL_OBJECT
    return checksum


@patch(
    S3Backend,
    "create_multipart_upload",
    "moto encrypts a multipart upload when it is complete, and does not encrypt its parts.",
)
def create_multipart_upload(
    original: Callable[..., Any], backend: S3Backend, bucket_name: str, *arguments: Any, **named: Any
) -> Any:
    upload = original(backend, bucket_name, *arguments, **named)
    default = _default_encryption(backend.get_bucket(bucket_name))
    upload.sse_encryption = upload.sse_encryption or default[_ENCRYPTION]
    upload.kms_key_id = upload.kms_key_id or default.get(_KMS_KEY)
    return upload


@patch(
    S3Response,
    "_key_response_post",
    "moto's CreateMultipartUpload does not return the default encryption, "
    "and its CompleteMultipartUpload returns a version id `null` in a bucket without versions.",
)
def respond_to_post(
    original: Callable[..., Any],
    service: S3Response,
    request: Any,
    body: bytes,
    bucket_name: str,
    query: Any,
    key_name: str,
) -> Any:
    status, headers, content = original(service, request, body, bucket_name, query, key_name)
    if "uploads" in query and _ENCRYPTION not in headers:
        headers.update(_default_encryption(service.backend.get_bucket(bucket_name)))
    if headers.get("x-amz-version-id") == "null":
        del headers["x-amz-version-id"]
    return status, headers, content


@patch(S3Backend, "list_objects", "moto lists folders whose objects are all deleted.")
def list_objects(
    original: Callable[..., Any],
    backend: S3Backend,
    bucket: Any,
    prefix: str | None,
    delimiter: str | None,
    *more: Any,
    **named: Any,
) -> Any:
    keys, folders, *rest = original(backend, bucket, prefix, delimiter, *more, **named)
    existing = _folders_with_objects(bucket, prefix or "", delimiter) if folders else set()
    return keys, [folder for folder in folders if folder in existing], *rest


def _default_encryption(bucket: FakeBucket) -> dict[str, str]:
    """The headers of a bucket's default encryption."""
    configured = bucket.encryption["Rule"]["ApplyServerSideEncryptionByDefault"] if bucket.encryption else {}
    headers = {_ENCRYPTION: configured.get("SSEAlgorithm", "AES256"), _KMS_KEY: configured.get("KMSMasterKeyID")}
    return {name: value for name, value in headers.items() if value}


def _folders_with_objects(bucket: Any, prefix: str, delimiter: Any) -> set[str]:
    names = (name for name, key in bucket.keys.items() if not isinstance(key, FakeDeleteMarker))
    return {
        prefix + name.removeprefix(prefix).partition(delimiter)[0] + delimiter
        for name in names
        if name.startswith(prefix)
    }
