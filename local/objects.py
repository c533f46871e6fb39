"""S3: what moto 5.2.5 gets wrong of objects, each fault with its mend."""

from collections.abc import Callable
from typing import Any

from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, S3Backend
from moto.s3.responses import S3Response

from local import conditional_writes
from local.moto_seams import add, replace

_ENCRYPTION = "x-amz-server-side-encryption"
_KEY = "x-amz-server-side-encryption-aws-kms-key-id"


def install() -> None:
    """To be called before moto serves."""
    # moto's own check of bucket policies overlooks their conditions; the gate has made it
    replace(FakeBucket, "get_permission", lambda bucket, action, resource: PermissionResult.NEUTRAL)
    # a multi-object delete of versions fails on delete markers, which have no content to dispose of
    add(FakeDeleteMarker, "dispose", lambda marker: None)
    # moto lists folders in which every object has been removed
    replace(S3Backend, "list_objects", _of_what_is_there(S3Backend.list_objects))
    replace(FakeKey, "__init__", _encrypted(FakeKey.__init__))
    replace(S3Backend, "create_multipart_upload", _encrypted_upload(S3Backend.create_multipart_upload))
    replace(S3Response, "_key_response_post", _telling_of_upload(S3Response._key_response_post))
    conditional_writes.install()


def _encrypted(init: Callable[..., None]) -> Callable[..., None]:
    """S3 encrypts every object, with its own keys where nothing else is configured."""

    def encrypted(key: FakeKey, *arguments: Any, **named: Any) -> None:
        init(key, *arguments, **named)
        key.encryption = key.encryption or "AES256"

    return encrypted


def _default_encryption(bucket: FakeBucket) -> dict[str, str]:
    """The headers that tell it."""
    configured = bucket.encryption["Rule"]["ApplyServerSideEncryptionByDefault"] if bucket.encryption else {}
    told = {_ENCRYPTION: configured.get("SSEAlgorithm", "AES256"), _KEY: configured.get("KMSMasterKeyID")}
    return {name: value for name, value in told.items() if value}


def _encrypted_upload(create: Callable[..., Any]) -> Callable[..., Any]:
    """moto encrypts what was uploaded in parts when it is complete, and its parts not at all."""

    def created(backend: S3Backend, bucket_name: str, *arguments: Any, **named: Any) -> Any:
        upload = create(backend, bucket_name, *arguments, **named)
        default = _default_encryption(backend.get_bucket(bucket_name))
        upload.sse_encryption = upload.sse_encryption or default[_ENCRYPTION]
        upload.kms_key_id = upload.kms_key_id or default.get(_KEY)
        return upload

    return created


def _telling_of_upload(respond: Callable[..., Any]) -> Callable[..., Any]:
    """CreateMultipartUpload tells of the encryption by default; an object that has no versions has no version's id."""

    def response(service: S3Response, request: Any, body: bytes, bucket_name: str, query: Any, key_name: str) -> Any:
        status, headers, content = respond(service, request, body, bucket_name, query, key_name)
        if "uploads" in query and _ENCRYPTION not in headers:
            headers.update(_default_encryption(service.backend.get_bucket(bucket_name)))
        if headers.get("x-amz-version-id") == "null":
            del headers["x-amz-version-id"]
        return status, headers, content

    return response


def _of_what_is_there(list_objects: Callable[..., Any]) -> Callable[..., Any]:
    def listed(
        backend: S3Backend, bucket: Any, prefix: str | None, delimiter: str | None, *more: Any, **named: Any
    ) -> Any:
        keys, folders, *rest = list_objects(backend, bucket, prefix, delimiter, *more, **named)
        there = _folders_with_objects(bucket, prefix or "", delimiter) if folders else set()
        return keys, [folder for folder in folders if folder in there], *rest

    return listed


def _folders_with_objects(bucket: Any, prefix: str, delimiter: Any) -> set[str]:
    names = (name for name, key in bucket.keys.items() if not isinstance(key, FakeDeleteMarker))
    return {
        prefix + name.removeprefix(prefix).partition(delimiter)[0] + delimiter
        for name in names
        if name.startswith(prefix)
    }
