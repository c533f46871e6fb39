"""Extraction from S3: copies made by S3 itself, so that no data passes through the function.

Permissions: s3:GetObject on the objects, s3:ListBucket on the source's bucket; s3:PutObject and
s3:AbortMultipartUpload on the destination. Tags are not copied, so that none of their permissions is needed.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

import uploads
from errors import SourceNotFound, of_source
from event import S3Uri
from extraction import Extraction

# https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html: at most 5 GB in one call
COPY_LIMIT = 5 * 1024**3
PART_SIZE = 1024**3
CONCURRENT_COPIES = 8


def extract(s3: Any, source: S3Uri, destination: S3Uri) -> Extraction:
    """Copies an object, or all objects under a prefix, below the destination."""
    try:
        return _prefix(s3, source, destination) if source.is_prefix else _object(s3, source, destination)
    except (ClientError, BotoCoreError) as error:
        raise of_source(f"copy {source} to {destination}", error) from error


def _object(s3: Any, source: S3Uri, destination: S3Uri) -> Extraction:
    head = s3.head_object(Bucket=source.bucket, Key=source.key)
    target = destination.below(source.key.rsplit("/", 1)[-1])
    _copy(s3, source, target, head["ContentLength"], head["ETag"])
    return Extraction(target, head["ContentLength"], head["ETag"].strip('"'))


def _prefix(s3: Any, source: S3Uri, destination: S3Uri) -> Extraction:
    size, count, digest = 0, 0, hashlib.sha256()
    with ThreadPoolExecutor(CONCURRENT_COPIES) as pool:
        copies = []
        for entry in _objects(s3, source):
            relative_key = entry["Key"][len(source.key) :]
            digest.update(f"{relative_key}\0{entry['ETag']}\n".encode())
            size, count = size + entry["Size"], count + 1
            target = destination.below(relative_key)
            found = S3Uri(source.bucket, entry["Key"])
            copies.append(pool.submit(_copy, s3, found, target, entry["Size"], entry["ETag"]))
        for copy in copies:
            copy.result()
    if not count:
        raise SourceNotFound(f"{source}: no object lies under this prefix")
    return Extraction(destination, size, digest.hexdigest())


def _objects(s3: Any, prefix: S3Uri) -> Iterator[dict[str, Any]]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=prefix.bucket, Prefix=prefix.key):
        for entry in page.get("Contents", []):
            if entry["Size"] or not entry["Key"].endswith("/"):  # not a folder, as the console makes them
                yield entry


def _copy(s3: Any, source: S3Uri, target: S3Uri, size: int, etag: str) -> None:
    """Copies that version of the object and no other: one that was replaced meanwhile is refused by S3."""
    where = {"Bucket": target.bucket, "Key": target.key}
    what = {"CopySource": {"Bucket": source.bucket, "Key": source.key}, "CopySourceIfMatch": etag}
    if size <= COPY_LIMIT:
        s3.copy_object(**where, **what, TaggingDirective="REPLACE")
        return
    part_size = max(PART_SIZE, -(-size // uploads.MOST_PARTS))
    with uploads.upload(s3, target) as upload:
        for start in range(0, size, part_size):
            copied = f"bytes={start}-{min(start + part_size, size) - 1}"
            part = s3.upload_part_copy(**upload.where, **what, PartNumber=upload.next_number, CopySourceRange=copied)
            upload.add(part["CopyPartResult"]["ETag"])
