"""CloudWatch Logs: delivers the output of a job run to its log groups, with the credentials of the job's role.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
"""

import contextlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

_BATCH_EVENTS = 10_000
_BATCH_BYTES = 1_048_576
_EVENT_OVERHEAD_BYTES = 26
_EVENT_CHARACTERS = 65_536  # as many bytes as an event may have, at four bytes a character


def deliver(logs: Any, group: str, stream: str, file: Path) -> None:
    """Writes the lines of a file to a new stream; as on AWS, a role without the permission is not an error."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    with contextlib.suppress(ClientError):
        _create(logs, group, stream)
        for batch in _batches(lines, int(time.time() * 1000)):
            logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=batch)


def _create(logs: Any, group: str, stream: str) -> None:
    """Creates the stream, and the group if it does not exist."""
    try:
        logs.create_log_stream(logGroupName=group, logStreamName=stream)
    except logs.exceptions.ResourceNotFoundException:
        logs.create_log_group(logGroupName=group)
        logs.create_log_stream(logGroupName=group, logStreamName=stream)


def _batches(lines: Iterable[str], timestamp: int) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        message = line[:_EVENT_CHARACTERS] or " "  # an empty message is invalid
        event_bytes = len(message.encode()) + _EVENT_OVERHEAD_BYTES
        if batch and (len(batch) == _BATCH_EVENTS or size + event_bytes > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append({"timestamp": timestamp, "message": message})
        size += event_bytes
    if batch:
        yield batch
