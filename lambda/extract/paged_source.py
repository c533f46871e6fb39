"""A source that an API gives in pages of JSON: its records become JSON Lines in the data bucket.

An invocation writes one file, page by page as they come, so that memory does not grow with the source. If its time is
over before the last page, it answers its progress, and the next invocation continues. The last one copies the files of
the earlier ones below its own prefix, to which no other invocation writes.

Permissions: s3:PutObject and s3:AbortMultipartUpload on the destination, s3:GetObject there for the files of earlier
invocations; s3:PutObjectTagging for a sensitive source.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

import copies
import credentials
import https_client
import s3_source
import uploads
from clock import Clock
from errors import SourceRefused, of_destination
from event import Event
from extraction import Extraction
from page_loop import FINISH_SECONDS, FINISH_SHARE, PageLoop
from pages import Pages
from paging import Paging
from progress import Progress

PART_SIZE = 8 * 1024**2
MOST_INVOCATIONS = 100


def extract(
    s3: Any, request: Event, paging: Paging, allowed_hosts: frozenset[str], clock: Clock
) -> Extraction | Progress:
    """All records of the source, or the progress with which another invocation must continue."""
    progress = Progress.parse(request.continuation) if request.continuation else Progress(clock.now())
    shown = https_client.shown(request.uri)
    progress.invocations += 1
    if progress.invocations > MOST_INVOCATIONS:
        raise SourceRefused(
            f"{shown}: it takes more than {MOST_INVOCATIONS} invocations; extractTimeoutSeconds is short"
        )
    try:
        with credentials.naming_secret(request.credentials):
            headers = credentials.headers(request.credentials, allowed_hosts)
            reserve = min(FINISH_SECONDS, FINISH_SHARE * clock.remaining())
            pages = Pages(request, paging, allowed_hosts, headers, lambda: clock.remaining() < reserve)
            loop = PageLoop(pages, progress, clock)
            _store(s3, request, loop)
        if not progress.done or (loop.read and not loop.has_time and progress.calls != [request.call]):
            return progress
        return _finished(s3, request, progress)
    except (ClientError, BotoCoreError) as error:
        raise of_destination(f"store {shown} below {request.copies}", error) from error
    except MemoryError as error:
        raise SourceRefused(f"{shown}: a page is too large for extractMemoryMegabytes") from error


def _store(s3: Any, request: Event, loop: PageLoop) -> None:
    """Writes the pages that this invocation reads as one file, if there are any."""
    calls = loop.progress.calls
    lines = loop.lines()
    first = next(lines, None)
    # a last page without records adds no file, except for a source that has none at all
    if first is None or (calls and not first):
        return
    target = request.copies.below(_file(len(calls) + 1))
    uploads.store(s3, _parts(chain([first], lines)), target, request.tagging)
    calls.append(request.call)


def _file(number: int) -> str:
    return f"pages-{number:05}.jsonl"


def _parts(lines: Iterator[bytearray]) -> Iterator[bytearray]:
    """The same bytes in parts of PART_SIZE, the last one shorter; at least one."""
    part = bytearray()
    for more in lines:
        part += more
        while len(part) > PART_SIZE:
            yield part[:PART_SIZE]
            del part[:PART_SIZE]
    yield part


def _finished(s3: Any, request: Event, progress: Progress) -> Extraction:
    """The published copy, if that has the same records or nothing is new; else all files, in their order."""
    published = request.published
    is_limited = request.since is not None and request.since.value is not None
    if published and is_limited and not progress.records:
        return copies.reuse(published)
    if published and published.etag == progress.digest and copies.usable(request):
        return copies.reuse(published)
    _gather(s3, request, progress.calls)
    return copies.fresh(request, request.copies, progress.bytes, progress.digest, progress.pages, progress.records)


def _gather(s3: Any, request: Event, calls: list[str]) -> None:
    """Copies the files of earlier invocations beside the one of this invocation."""

    def copy(number: int, call: str) -> None:
        earlier, target = request.copies_of(call).below(_file(number)), request.copies.below(_file(number))
        head = s3.head_object(Bucket=earlier.bucket, Key=earlier.key)
        s3_source.copy_object(s3, earlier, target, head["ContentLength"], head["ETag"], request.tagging)

    with ThreadPoolExecutor(s3_source.CONCURRENT_COPIES) as pool:
        numbered = enumerate(calls, 1)
        for copied in [pool.submit(copy, number, call) for number, call in numbered if call != request.call]:
            copied.result()
