"""Extraction over https: the body goes to S3 part by part as it comes, so that memory does not grow with it.

Permissions: s3:PutObject and s3:AbortMultipartUpload on the destination.
"""

import hashlib
import http.client
import re
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

import copies
import https_client
import uploads
from errors import SourceTruncated, SourceUnavailable, of_destination
from event import Event, S3Uri
from extraction import Extraction

PART_SIZE = 8 * 1024**2
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def extract(s3: Any, request: Event, allowed_hosts: frozenset[str]) -> Extraction:
    """Stores what the address answers under the last part of its path, as it is sent: a gzip file stays one."""
    url, published = request.uri, request.published
    target = request.destination.below(file_name(url))
    known = published.etag if published and copies.usable(published) else None
    with https_client.get(url, allowed_hosts, known) as response:
        if published and response.status == http.client.NOT_MODIFIED:
            return copies.reuse(s3, request, published)
        digest = hashlib.sha256()
        parts = _parts(response, https_client.shown(url), digest)
        try:
            size = _store(s3, parts, target)
        except (ClientError, BotoCoreError) as error:
            raise of_destination(f"store {https_client.shown(url)} as {target}", error) from error
        etag = response.headers.get("ETag", "")
        # a weak one may stay the same although bytes differ
        strong = etag.startswith('"') and etag.endswith('"') and len(etag) > 2
        return copies.fresh(request, target, size, etag.strip('"') if strong else digest.hexdigest())


def file_name(url: str) -> str:
    """The last part of the address's path as a plain file name, `data` if it has none."""
    return _UNSAFE.sub("_", unquote(urlsplit(url).path.rsplit("/", 1)[-1])).strip("._") or "data"


def _parts(response: http.client.HTTPResponse, shown: str, digest: Any) -> Iterator[bytes]:
    """The body in parts of PART_SIZE, the last one shorter; at least one, and all that was promised or an error."""
    promised = _length(response)
    received = 0
    while True:
        try:
            part = response.read(PART_SIZE)
        except http.client.IncompleteRead as error:
            raise SourceTruncated(f"{shown}: the body ended within a chunk, after {received} bytes") from error
        except (OSError, ssl.SSLError) as error:
            raise SourceUnavailable(f"{shown}: the connection broke after {received} bytes: {error}") from error
        if part or not received:
            digest.update(part)
            yield part
        received += len(part)
        if not part:
            break
    if promised is not None and received != promised:
        raise SourceTruncated(f"{shown}: got {received} of {promised} bytes")


def _length(response: http.client.HTTPResponse) -> int | None:
    """The promised length of the body in bytes; None if there is no promise, or none that can be read."""
    text = response.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _store(s3: Any, parts: Iterator[bytes], target: S3Uri) -> int:
    """Writes one object, whole or not at all; returns its size in bytes."""
    size = 0
    with uploads.upload(s3, target) as upload:
        for part in parts:
            stored = s3.upload_part(**upload.where, PartNumber=upload.next_number, Body=part)
            upload.add(stored["ETag"])
            size += len(part)
    return size
