"""Extraction over https: the body goes to S3 part by part as it comes, so that memory does not grow with it.

A long body of a server that gives ranges of a version comes over several connections at a time.

A source with credentials is read with the headers that credentials.py gives. `since` is a parameter of the query.

Permissions: s3:PutObject and s3:AbortMultipartUpload on the destination; s3:PutObjectTagging for a sensitive source.
"""

import hashlib
import http.client
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

import addresses
import copies
import credentials
import https_body
import https_client
import uploads
from errors import SourceRefused, of_destination
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
    url = addresses.with_parameters(request.uri, request.since.parameters) if request.since else request.uri
    target = request.copies.below(file_name(url))
    try:
        with credentials.naming_secret(request.credentials):
            return _extracted(s3, request, url, target, allowed_hosts)
    except (ClientError, BotoCoreError) as error:
        raise of_destination(f"store {https_client.shown(url)} as {target}", error) from error
    except MemoryError as error:
        raise SourceRefused(f"{https_client.shown(url)}: too large for extractMemoryMegabytes") from error


def _extracted(s3: Any, request: Event, url: str, target: S3Uri, allowed_hosts: frozenset[str]) -> Extraction:
    published = request.published
    known = published.etag if published and copies.usable(request) else None
    headers = credentials.headers(request.credentials, allowed_hosts)
    with https_client.get(url, allowed_hosts, known, headers) as (response, location):
        if published and response.status == http.client.NOT_MODIFIED:
            return copies.reuse(published)
        https_body.require_identity(response, https_client.shown(url), target.key.endswith(".gz"))
        etag, length = _strong_etag(response), https_body.length(response)
        gives_ranges = etag and response.headers.get("Accept-Ranges") == "bytes"
        if not (gives_ranges and length and length >= RANGES_FROM):
            return _stored(s3, request, response, etag, target)
    size = _store_ranges(s3, Ranges(location, etag, length), target, request.tagging)
    return copies.fresh(request, target, size, etag)


def file_name(url: str) -> str:
    """The last part of the address's path as a plain file name, `data` if it has none."""
    return _UNSAFE.sub("_", unquote(urlsplit(url).path.rsplit("/", 1)[-1])).strip("._") or "data"


def _stored(s3: Any, request: Event, response: http.client.HTTPResponse, etag: str, target: S3Uri) -> Extraction:
    """Without a strong etag, the content says which version it is."""
    parts = https_body.parts(response, https_client.shown(request.uri), PART_SIZE)
    if etag:
        return copies.fresh(request, target, uploads.store(s3, parts, target, request.tagging), etag)
    digest = hashlib.sha256()
    size = uploads.store(s3, _hashed(parts, digest), target, request.tagging)
    return copies.fresh(request, target, size, digest.hexdigest())


def _hashed(parts: Iterator[bytearray], digest: Any) -> Iterator[bytearray]:
    for part in parts:
        digest.update(part)
        yield part


def _strong_etag(response: http.client.HTTPResponse) -> str:
    """The etag without its quotes; empty if there is none, a very long one, or a weak one, which may stay though bytes
    differ."""
    etag = response.headers.get("ETag", "")
    quoted = 2 < len(etag) <= _LONGEST_ETAG and etag.startswith('"') and etag.endswith('"')
    return etag[1:-1] if quoted else ""


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
