"""Extraction over https: the body goes to S3 part by part as it comes, so that memory does not grow with it.

A long body of a server that gives ranges of a version comes over several connections at a time.

A source with credentials is read with the headers that credentials.py gives.

Permissions: s3:PutObject and s3:AbortMultipartUpload on the destination; s3:PutObjectTagging for a sensitive source.
"""

import hashlib
import http.client
import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

import copies
import https_client
import uploads
from errors import SourceForbidden, SourceRefused, SourceTruncated, of_destination
from event import Event, S3Uri
from extraction import Extraction
from https_ranges import Ranges

PART_SIZE = 8 * 1024**2
# below this, one connection has it as soon
RANGES_FROM = 8 * PART_SIZE
# the workflow keeps the version of each source in its payloads
_LONGEST_ETAG = 256
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def extract(s3: Any, request: Event, allowed_hosts: frozenset[str]) -> Extraction:
    """Stores what the address answers under the last part of its path, as it is sent: a gzip file stays one."""
    url, published = request.uri, request.published
    target = request.copies.below(file_name(url))
    known = published.etag if published and copies.usable(request) else None
    try:
        headers = request.credentials.headers(allowed_hosts) if request.credentials else {}
        with https_client.get(url, allowed_hosts, known, headers) as (response, location):
            if published and response.status == http.client.NOT_MODIFIED:
                return copies.reuse(published)
            _require_identity(response, url, target)
            etag, length = _strong_etag(response), _length(response)
            gives_ranges = etag and response.headers.get("Accept-Ranges") == "bytes"
            if not (gives_ranges and length and length >= RANGES_FROM):
                return _stored(s3, request, response, etag, target)
        size = _store_ranges(s3, Ranges(location, etag, length), target, request.tagging)
    except SourceForbidden as error:
        if request.credentials:
            raise SourceForbidden(f"{error}, with the secret {request.credentials.secret}") from error
        raise
    except (ClientError, BotoCoreError) as error:
        raise of_destination(f"store {https_client.shown(url)} as {target}", error) from error
    except MemoryError as error:
        raise SourceRefused(f"{https_client.shown(url)}: too large for extractMemoryMegabytes") from error
    return copies.fresh(request, target, size, etag)


def _require_identity(response: http.client.HTTPResponse, url: str, target: S3Uri) -> None:
    """Rejects an encoding that was not requested, except gzip for a file whose name says so."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"", "identity"} and not (encoding == "gzip" and target.key.endswith(".gz")):
        raise SourceRefused(f"{https_client.shown(url)}: invalid Content-Encoding {encoding[:20]!r}; must be identity")


def file_name(url: str) -> str:
    """The last part of the address's path as a plain file name, `data` if it has none."""
    return _UNSAFE.sub("_", unquote(urlsplit(url).path.rsplit("/", 1)[-1])).strip("._") or "data"


def _stored(s3: Any, request: Event, response: http.client.HTTPResponse, etag: str, target: S3Uri) -> Extraction:
    """Without a strong etag, the content says which version it is."""
    digest = None if etag else hashlib.sha256()
    size = _store(s3, _parts(response, https_client.shown(request.uri), digest), target, request.tagging)
    return copies.fresh(request, target, size, digest.hexdigest() if digest else etag)


def _parts(response: http.client.HTTPResponse, shown: str, digest: Any) -> Iterator[bytearray]:
    """The body in parts of PART_SIZE, the last one shorter; at least one, and all that was promised or an error."""
    promised = _length(response)
    received = 0
    while True:
        part = bytearray(PART_SIZE)
        with https_client.talking(f"{shown}, after {received} bytes"):
            del part[response.readinto(part) :]
        if part or not received:
            if digest:
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


def _strong_etag(response: http.client.HTTPResponse) -> str:
    """The etag without its quotes; empty if there is none, a very long one, or a weak one, which may stay though bytes
    differ."""
    etag = response.headers.get("ETag", "")
    quoted = 2 < len(etag) <= _LONGEST_ETAG and etag.startswith('"') and etag.endswith('"')
    return etag[1:-1] if quoted else ""


def _store(s3: Any, parts: Iterator[bytearray], target: S3Uri, tagging: dict[str, str]) -> int:
    """Writes one object, whole or not at all, while its parts come; returns its size in bytes."""
    size = 0
    with (
        uploads.upload(s3, target, **uploads.WITH_CRC, **tagging) as upload,
        ThreadPoolExecutor(uploads.CONCURRENT_PARTS) as pool,
    ):
        under_way: deque[Future[None]] = deque()
        for number, part in enumerate(parts, 1):
            if len(under_way) == uploads.CONCURRENT_PARTS:
                under_way.popleft().result()
            under_way.append(pool.submit(upload.put, s3, number, part))
            size += len(part)
        for put in under_way:
            put.result()
    return size


def _store_ranges(s3: Any, ranges: Ranges, target: S3Uri, tagging: dict[str, str]) -> int:
    """The same of a body that comes in ranges, each to be one part."""
    part_size = max(PART_SIZE, -(-ranges.length // uploads.MOST_PARTS))
    with (
        uploads.upload(s3, target, **uploads.WITH_CRC, **tagging) as upload,
        ranges,
        ThreadPoolExecutor(uploads.CONCURRENT_PARTS) as pool,
    ):

        def pass_on(number: int, start: int) -> None:
            upload.put(s3, number, ranges.read(start, min(start + part_size, ranges.length)))

        starts = range(0, ranges.length, part_size)
        passed_on = [pool.submit(pass_on, number, start) for number, start in enumerate(starts, 1)]
        try:
            for part in passed_on:
                part.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return ranges.length
