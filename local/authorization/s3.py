"""The permissions that a request to S3 needs.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from local.authorization.calls import Call

_Permissions = list[tuple[str, str, dict[str, str]]]
_BUCKET_GET = {
    "location": "GetBucketLocation",
    "uploads": "ListBucketMultipartUploads",
    "versioning": "GetBucketVersioning",
    "versions": "ListBucketVersions",
}


def permissions(call: Call) -> _Permissions:
    """Action, resource and condition keys of each permission."""
    bucket, _, key = call.path.lstrip("/").partition("/")
    if not bucket:
        return [("s3:ListAllMyBuckets", "*", {})]
    if not key:
        return _on_bucket(call, bucket)
    return _on_object(call, _arn(bucket, key))


def operation(call: Call) -> str:
    """The operation's name in S3's API reference; empty for the configuration of buckets."""
    bucket, _, key = call.path.lstrip("/").partition("/")
    if not bucket:
        return "ListBuckets"
    if not key:
        if call.method == "POST" and "delete" in call.parameters:
            return "DeleteObjects"
        return "ListObjectsV2" if call.method == "GET" and call.parameters.get("list-type") == "2" else ""
    upload, copied = "uploadId" in call.parameters, "x-amz-copy-source" in call.headers
    if call.method == "PUT":
        return ("UploadPartCopy" if copied else "UploadPart") if upload else "CopyObject" if copied else "PutObject"
    if call.method == "POST":
        return "CompleteMultipartUpload" if upload else "CreateMultipartUpload"
    if call.method == "DELETE":
        return "AbortMultipartUpload" if upload else "DeleteObject"
    return "HeadObject" if call.method == "HEAD" else "ListParts" if upload else "GetObject"


def reads_object(call: Call) -> bool:
    """Whether the request reads an object, and fails if it is missing."""
    return "/" in call.path.strip("/") and (call.method in ("GET", "HEAD") or "x-amz-copy-source" in call.headers)


def missing_object_permissions(call: Call) -> _Permissions:
    """The permissions of a reader to whom S3 reports a missing object as missing, not as forbidden."""
    source = unquote(call.headers.get("x-amz-copy-source", "")) or call.path
    return [("s3:ListBucket", _arn(source.lstrip("/").partition("/")[0]), {})]


def _arn(*path: str) -> str:
    return "arn:aws:s3:::" + "/".join(path)


def _on_bucket(call: Call, bucket: str) -> _Permissions:
    parameters, arn = call.parameters, _arn(bucket)
    if call.method == "POST" and "delete" in parameters:
        return [(_deletion(version), _arn(bucket, key), {}) for key, version in _deleted(parameters[""])]
    if call.method in ("GET", "HEAD"):
        action = next((each for name, each in _BUCKET_GET.items() if name in parameters), None)
        if action is None and (other := _sub_resource(parameters)):
            action = f"GetBucket{other}"
        listing = {f"s3:{name}": parameters[name] for name in ("prefix", "delimiter") if name in parameters}
        return [(f"s3:{action or 'ListBucket'}", arn, listing)]
    verb = {"PUT": "Create", "DELETE": "Delete"}.get(call.method, "Post")
    other = _sub_resource(parameters)
    return [(f"s3:PutBucket{other}" if other else f"s3:{verb}Bucket", arn, {})]


def _sub_resource(parameters: Mapping[str, Any]) -> str:
    """The sub-resource, a parameter without a value: PublicAccessBlock for ?publicAccessBlock."""
    return next((name[0].upper() + name[1:] for name, value in parameters.items() if not value), "")


def _on_object(call: Call, arn: str) -> _Permissions:
    """A conditional write or deletion with an entity tag also needs the permission to read."""
    etag = call.headers.get("if-match", "*")
    permissions = _on_object_without_condition(call, arn)
    if call.method in ("GET", "HEAD") or etag == "*":
        return permissions
    return [*permissions, ("s3:GetObject", arn, {})]


def _on_object_without_condition(call: Call, arn: str) -> _Permissions:
    parameters, versioned = call.parameters, "Version" if "versionId" in call.parameters else ""
    if call.method in ("GET", "HEAD"):
        if "uploadId" in parameters:
            return [("s3:ListMultipartUploadParts", arn, {})]
        tagging = "Tagging" if "tagging" in parameters else ""
        return [(f"s3:GetObject{versioned}{tagging}", arn, {})]
    if call.method == "DELETE":
        if "uploadId" in parameters:
            return [("s3:AbortMultipartUpload", arn, {})]
        return [(_deletion(versioned), arn, {})]
    source = call.headers.get("x-amz-copy-source")
    tagging = "Tagging" if "tagging" in parameters else ""
    tags: _Permissions = [("s3:PutObjectTagging", arn, {})] if call.headers.get("x-amz-tagging") else []
    return [(f"s3:PutObject{tagging}", arn, {}), *tags, *([_copied(source)] if source else [])]


def _copied(source: str) -> tuple[str, str, dict[str, str]]:
    path, _, version = unquote(source).lstrip("/").partition("?versionId=")
    return "s3:GetObjectVersion" if version else "s3:GetObject", _arn(path), {}


def _deletion(version: str | None) -> str:
    return "s3:DeleteObjectVersion" if version else "s3:DeleteObject"


def _deleted(body: bytes) -> list[tuple[str, str | None]]:
    """Key and version of each object in the body of DeleteObjects."""
    root = ElementTree.fromstring(body)  # noqa: S314 (a client on this machine)
    entries = [element for element in root if element.tag.endswith("Object")]
    return [
        ("".join(e.text or "" for e in entry if e.tag.endswith("Key")), _text(entry, "VersionId")) for entry in entries
    ]


def _text(entry: ElementTree.Element, name: str) -> str | None:
    return next((element.text for element in entry if element.tag.endswith(name)), None)
