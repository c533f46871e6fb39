"""S3's conditional requests, as recorded on AWS (2026-02-21); moto 5.2.5 implements a part of them.

Writes of one object run one after another, so that no other write comes between a check and its write.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from weakref import WeakValueDictionary
from xml.sax.saxutils import escape

from moto.s3.exceptions import S3ClientError
from moto.s3.models import FakeKey, S3Backend
from moto.s3.responses import S3Response

from local.moto_patches.patching import patch

_OBJECT_LOCKS: WeakValueDictionary[tuple[str, str], Any] = WeakValueDictionary()
_LOOKUP_LOCK = threading.Lock()
_Response = tuple[int, dict[str, Any], Any]
_SERIALIZED = "Writes of one object run one after another; a write makes the object's open multipart uploads conflict."


class _Refused(Exception):
    """An error response of S3: the HTTP status and the elements of the error document."""

    def __init__(self, status: int, code: str, message: str, **details: str) -> None:
        super().__init__(message)
        self.status = status
        self.document = {"Code": code, "Message": message, **details}


@patch(S3Response, "_key_response", "moto implements a part of S3's conditional requests and does not know `*`.")
def respond(original: Callable[..., _Response], service: S3Response, request: Any, full_url: str) -> _Response:
    operation, key = _operation(request), service.parse_key_name()
    if not operation:
        return original(service, request, full_url)
    bucket = service.parse_bucket_name_from_url(request, full_url)
    try:
        if operation in ("CopyObject", "UploadPartCopy"):
            _check_source(request.headers, _source(service.backend, request.headers["x-amz-copy-source"]))
        if operation == "UploadPartCopy":
            return original(service, request, full_url)
        with _lock(bucket, key):
            _check_destination(operation, request, service.backend, bucket, key)
            # moto would check the header again, and does not know `*`
            request.environ.pop("HTTP_IF_MATCH", None)
            return original(service, request, full_url)
    except _Refused as refused:
        elements = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in refused.document.items())
        return refused.status, {"content-type": "application/xml"}, f"<Error>{elements}</Error>"


@patch(S3Backend, "put_object", _SERIALIZED)
@patch(S3Backend, "delete_object", _SERIALIZED)
def write_object(
    original: Callable[..., Any], backend: S3Backend, bucket_name: str, key_name: str, *more: Any, **named: Any
) -> Any:
    with _lock(bucket_name, key_name):
        uploads: list[Any] = list(backend.get_bucket(bucket_name).multiparts.values())
        result = original(backend, bucket_name, key_name, *more, **named)
        for upload in uploads:
            upload.has_conflict = vars(upload).get("has_conflict", False) or upload.key_name == key_name
        return result


@patch(
    S3Backend,
    "delete_objects",
    "DeleteObjects takes conditions, which moto ignores; no response to them was recorded, so they are refused.",
)
def delete_objects(
    original: Callable[..., Any],
    backend: S3Backend,
    bucket_name: str,
    objects: list[dict[str, Any]],
    *more: Any,
    **named: Any,
) -> Any:
    for condition in ("ETag", "LastModifiedTime", "Size"):
        if any(condition in entry for entry in objects):
            raise S3ClientError(
                "NotImplemented", f"The local AWS does not implement DeleteObjects with the condition {condition}"
            )
    return original(backend, bucket_name, objects, *more, **named)


def _operation(request: Any) -> str:
    """The operation, if S3 supports conditions on its destination or its source."""
    parameters = tuple(sorted(name for name in request.args if name[:2].lower() != "x-" and name != "versionId"))
    copied = "x-amz-copy-source" in request.headers
    operations = {
        ("PUT", ()): "CopyObject" if copied else "PutObject",
        ("PUT", ("partNumber", "uploadId")): "UploadPartCopy" if copied else "",
        ("POST", ("uploadId",)): "CompleteMultipartUpload",
        ("DELETE", ()): "DeleteObject",
    }
    return operations.get((request.method, parameters), "")


def _source(backend: S3Backend, address: str) -> FakeKey | None:
    parts = urlsplit(address)
    bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
    version = parse_qs(parts.query).get("versionId", [None])[0]
    found: FakeKey | None = backend.get_object(bucket, key, version_id=version)
    return found


def _check_source(headers: Any, source: FakeKey | None) -> None:
    """Checks in the recorded order; S3 ignores a date in the future."""
    if source is None:  # moto refuses it
        return
    match, unmodified, none_match, modified = (
        headers.get(f"x-amz-copy-source-if-{name}")
        for name in ("match", "unmodified-since", "none-match", "modified-since")
    )
    written = source.last_modified.replace(microsecond=0, tzinfo=UTC)
    if match and not _has_etag(source, match):
        raise _failed("x-amz-copy-source-If-Match")
    if unmodified and not match and written > parsedate_to_datetime(unmodified):
        raise _failed("x-amz-copy-source-If-Unmodified-Since")
    if none_match and _has_etag(source, none_match):
        raise _failed("x-amz-copy-source-If-None-Match")
    if modified and written <= parsedate_to_datetime(modified) <= datetime.now(UTC):
        raise _failed("x-amz-copy-source-If-Modified-Since")


def _check_destination(operation: str, request: Any, backend: S3Backend, bucket: str, key: str) -> None:
    match, none_match = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    _refuse_unsupported(operation, request.headers, match, none_match)
    if not match and not none_match:
        return
    current = backend.get_object(bucket, key)
    if match:
        if current is None:
            raise _Refused(404, "NoSuchKey", "The specified key does not exist.", Key=key)
        if match != "*" and not _has_etag(current, match):
            raise _failed("If-Match")
    if none_match and current is not None:
        raise _failed("If-None-Match")
    upload = backend.get_bucket(bucket).multiparts.get(request.args.get("uploadId"))
    if upload and vars(upload).get("has_conflict"):
        text = "The conditional request cannot succeed due to a conflicting operation against this resource."
        condition = "If-Match" if match else "If-None-Match"
        raise _Refused(409, "ConditionalRequestConflict", text, Condition=condition, Key=key)


def _refuse_unsupported(operation: str, headers: Any, match: str | None, none_match: str | None) -> None:
    """Refuses the conditions that S3 does not implement for general purpose buckets."""
    if operation == "DeleteObject":
        for header in ("x-amz-if-match-last-modified-time", "x-amz-if-match-size"):
            if header in headers:
                raise _not_implemented(header)
        return
    if match and none_match:
        reason = "Multiple conditional request headers present in the request"
        raise _not_implemented("If-Match,If-None-Match", additionalMessage=reason)
    for header, is_accepted in (("If-Match", match != "*"), ("If-None-Match", none_match in (None, "*"))):
        if not is_accepted:
            reason = f"We don't accept the provided value of {header} header for this API"
            raise _not_implemented(header, additionalMessage=reason)


def _failed(condition: str) -> _Refused:
    text = "At least one of the pre-conditions you specified did not hold"
    return _Refused(412, "PreconditionFailed", text, Condition=condition)


def _not_implemented(header: str, **details: str) -> _Refused:
    text = "A header you provided implies functionality that is not implemented"
    return _Refused(501, "NotImplemented", text, Header=header, **details)


def _has_etag(found: FakeKey, wanted: str) -> bool:
    """S3 accepts an entity tag with and without its quotes."""
    return str(found.etag).strip('"') == wanted.strip('"')


def _lock(bucket: str, key: str) -> Any:
    with _LOOKUP_LOCK:
        return _OBJECT_LOCKS.setdefault((bucket, key), threading.RLock())
