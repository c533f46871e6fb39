"""Copies of sources that earlier runs made, which stand for a source that is still the same."""

import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from errors import of_destination
from event import Event, Published, S3Uri
from extraction import Extraction

# the job reads it, if it is there, in place of the folder's files
POINTER = "_source.json"
# a run that starts from a copy must end before the bucket's lifecycle removes it
_MARGIN = timedelta(days=1)


def now() -> str:
    """The time in UTC, as ISO 8601 in seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def fresh(request: Event, uri: S3Uri, size: int, etag: str) -> Extraction:
    """What was copied just now."""
    changed = request.published is None or request.published.etag != etag
    return Extraction(uri, size, etag, now(), changed)


def usable(published: Published | None) -> bool:
    """Whether the copy stays for longer than a run takes; RAW_RETENTION_DAYS says how long copies are kept."""
    if published is None:
        return False
    kept = timedelta(days=int(os.environ["RAW_RETENTION_DAYS"]))
    return published.copied_at + kept - _MARGIN > datetime.now(UTC)


def reuse(s3: Any, request: Event, published: Published) -> Extraction:
    """Points from the run's own folder to the earlier copy instead of making another."""
    pointer = request.destination.below(POINTER)
    try:
        s3.put_object(Bucket=pointer.bucket, Key=pointer.key, Body=json.dumps({"uri": str(published.uri)}))
    except (ClientError, BotoCoreError) as error:
        raise of_destination(f"write {pointer}", error) from error
    copied_at = published.copied_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Extraction(published.uri, published.bytes, published.etag, copied_at, changed=False)
