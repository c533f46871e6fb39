"""Where the copies of a source are: those that this invocation made, or those of an earlier run or invocation.

The pointer in a source's folder says so. It is written once: of two invocations for the same folder, because the answer
of the first was lost, the second adopts what the first has written, and neither overwrites what the other copies.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from errors import is_precondition, of_destination
from event import Event, Published, S3Uri
from extraction import Extraction

# the job reads the copies where it says
POINTER = "_source.json"
# a run that starts from a copy must end before the bucket's lifecycle removes it
_MARGIN = timedelta(days=1)


def now() -> str:
    """The time in UTC, as ISO 8601 in seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fresh(
    request: Event, uri: S3Uri, size: int, etag: str, pages: int | None = None, records: int | None = None
) -> Extraction:
    """What was copied just now."""
    changed = request.published is None or request.published.etag != etag
    return Extraction(uri, size, etag, now(), changed, pages, records)


def usable(request: Event) -> bool:
    """Whether the published copy stays for longer than a run takes; the environment says how long copies are kept."""
    published = request.published
    if published is None:
        return False
    days = os.environ["SENSITIVE_RAW_RETENTION_DAYS" if request.sensitive else "RAW_RETENTION_DAYS"]
    kept = timedelta(days=int(days))
    return published.copied_at + kept - _MARGIN > datetime.now(UTC)


def reuse(published: Published) -> Extraction:
    """The earlier copy instead of another."""
    copied_at = published.copied_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Extraction(
        published.uri, published.bytes, published.etag, copied_at, False, published.pages, published.records
    )


def point(s3: Any, request: Event, extraction: Extraction) -> Extraction:
    """Writes the pointer, if there is none; the extraction that it describes then."""
    pointer = request.destination.below(POINTER)
    where = {"Bucket": pointer.bucket, "Key": pointer.key}
    try:
        s3.put_object(**where, Body=json.dumps(extraction.pointer()), IfNoneMatch="*")
        return extraction
    except (ClientError, BotoCoreError) as error:
        if not is_precondition(error):
            raise of_destination(f"write {pointer}", error) from error
    try:
        return Extraction.parse(json.loads(s3.get_object(**where)["Body"].read()))
    except (ClientError, BotoCoreError) as error:
        raise of_destination(f"read {pointer}", error) from error
