"""Extraction from S3: copies made by S3 itself, so that no data passes through the function.

Permissions: s3:GetObject on the objects, s3:ListBucket on the source's bucket; s3:PutObject and
s3:AbortMultipartUpload on the destination. Tags are not copied, so that none of their permissions is needed; only the
copies of a sensitive source get a tag, which needs s3:PutObjectTagging on the destination.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

import copies
import listing
import uploads
from errors import SourceNotFound, of_source
from event import Event, S3Uri
from extraction import Extraction
from names import safe

# https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html: at most 5 GB in one call
COPY_LIMIT = 5 * 1024**3
PART_SIZE = 1024**3
CONCURRENT_COPIES = 8


@dataclass(frozen=True)
class _Object:
    """An object by its key below the prefix."""

    key: str
    etag: str
    size: int


def extract(s3: Any, request: Event) -> Extraction:
    """Copies an object, or all objects under a prefix, below the destination."""
    source = S3Uri.parse(request.uri)
    try:
        return _prefix(s3, source, request) if source.is_prefix else _object(s3, source, request)
    except (ClientError, BotoCoreError) as error:
        raise of_source(f"copy {source} to {request.destination}", error) from error


def _object(s3: Any, source: S3Uri, request: Event) -> Extraction:
    head = s3.head_object(Bucket=source.bucket, Key=source.key)
    etag, size = head["ETag"].strip('"'), head["ContentLength"]
    published = request.published
    if published and published.etag == etag and copies.usable(request):
        return copies.reuse(published)
    target = request.copies.below(safe(seen_name(source.key.rsplit("/", 1)[-1])))
    copy_object(s3, source, target, size, head["ETag"], request.tagging)
    return copies.fresh(request, target, size, etag)


def seen_name(name: str) -> str:
    """The file's name without what would hide it from Spark: a file whose name begins with _ or . is none to it."""
    return name.lstrip("_.") or "data"


def _prefix(s3: Any, source: S3Uri, request: Event) -> Extraction:
    found = list(_objects(s3, source))
    digest = hashlib.sha256("".join(f"{entry.key}\0{entry.etag}\n" for entry in found).encode()).hexdigest()
    if request.incremental:
        return _new_objects(s3, source, request, found, digest)
    published = request.published
    if published and published.etag == digest and copies.usable(request):
        return copies.reuse(published)
    return _copied(s3, source, request, found, digest)


def _new_objects(s3: Any, source: S3Uri, request: Event, found: list[_Object], digest: str) -> Extraction:
    """Those that were not there, or not the same, when the last publish took what there was."""
    published = request.published
    taken = listing.read(s3, published.uri) if published else set()
    new = [entry for entry in found if (entry.key, entry.etag) not in taken]
    if published and not new:
        return copies.reuse(published)
    listing.write(s3, request.copies, ((entry.key, entry.etag) for entry in found))
    return _copied(s3, source, request, new, digest)


def _copied(s3: Any, source: S3Uri, request: Event, found: list[_Object], digest: str) -> Extraction:
    if not found:
        raise SourceNotFound(f"{source}: no object under this prefix")
    targets = [request.copies.below(safe(entry.key)) for entry in found]
    with ThreadPoolExecutor(CONCURRENT_COPIES) as pool:
        started = [
            pool.submit(
                copy_object,
                s3,
                S3Uri(source.bucket, source.key + entry.key),
                target,
                entry.size,
                entry.etag,
                request.tagging,
            )
            for entry, target in zip(found, targets, strict=True)
        ]
        for copy in started:
            copy.result()
    return copies.fresh(request, request.copies, sum(entry.size for entry in found), digest)


def _objects(s3: Any, prefix: S3Uri) -> Iterator[_Object]:
    """The objects under a prefix, without folder markers of the console and files that Spark ignores."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=prefix.bucket, Prefix=prefix.key):
        for entry in page.get("Contents", []):
            key = entry["Key"][len(prefix.key) :]
            is_folder = key.endswith("/") and not entry["Size"]
            if key and not is_folder and not any(_is_hidden(part) for part in key.split("/")):
                yield _Object(key, entry["ETag"], entry["Size"])


def _is_hidden(name: str) -> bool:
    return (name.startswith("_") and "=" not in name) or (name.startswith(".") and set(name) != {"."})


def copy_object(s3: Any, source: S3Uri, target: S3Uri, size: int, etag: str, tagging: dict[str, str]) -> None:
    """Copies that version of the object and no other: one that was replaced meanwhile is refused by S3."""
    where = {"Bucket": target.bucket, "Key": target.key}
    what = {"CopySource": {"Bucket": source.bucket, "Key": source.key}, "CopySourceIfMatch": etag}
    if size <= COPY_LIMIT:
        # of the whole object: the checksum of an object that was uploaded in parts is one of its parts' checksums
        s3.copy_object(**where, **what, **uploads.WITH_CRC, TaggingDirective="REPLACE", **tagging)
        return
    part_size = max(PART_SIZE, -(-size // uploads.MOST_PARTS))
    with uploads.upload(s3, target, **tagging) as upload:
        for number, start in enumerate(range(0, size, part_size), 1):
            copied = f"bytes={start}-{min(start + part_size, size) - 1}"
            part = s3.upload_part_copy(**upload.where, **what, PartNumber=number, CopySourceRange=copied)
            upload.done[number] = {"ETag": part["CopyPartResult"]["ETag"]}
