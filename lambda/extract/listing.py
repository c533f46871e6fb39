"""The list of a prefix's objects that earlier runs have taken: how an incremental source knows which ones are new."""

import json
from collections.abc import Iterable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from errors import is_missing_key, of_destination
from event import S3Uri

# JSON lines of [key, etag], beside the copies
_FILE = "_objects.json"


def read(s3: Any, copies: S3Uri) -> set[tuple[str, str]]:
    """Key and etag of each object that was there then; empty if the list is gone, and all is taken again."""
    location = copies.below(_FILE)
    try:
        body = s3.get_object(Bucket=location.bucket, Key=location.key)["Body"]
        return {(key, etag) for key, etag in map(json.loads, body.iter_lines())}
    except (ClientError, BotoCoreError) as error:
        if is_missing_key(error):
            return set()
        raise of_destination(f"read {location}", error) from error


def write(s3: Any, copies: S3Uri, objects: Iterable[tuple[str, str]]) -> None:
    """Writes the list of the objects that are there now."""
    location = copies.below(_FILE)
    lines = "".join(json.dumps(entry) + "\n" for entry in objects)
    try:
        s3.put_object(Bucket=location.bucket, Key=location.key, Body=lines.encode())
    except (ClientError, BotoCoreError) as error:
        raise of_destination(f"write {location}", error) from error
