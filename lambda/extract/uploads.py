"""Multipart uploads to the data bucket that leave one whole object, or nothing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from event import S3Uri

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: parts of 5 MiB at least, 10,000 at most
MOST_PARTS = 10_000


@dataclass
class Upload:
    """An upload under way: where it goes, and the parts that are there."""

    where: dict[str, Any]
    parts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def next_number(self) -> int:
        """The number of the part to come."""
        return len(self.parts) + 1

    def add(self, etag: str) -> None:
        """Notes the next part by the etag that S3 gave it."""
        self.parts.append({"PartNumber": self.next_number, "ETag": etag})


@contextmanager
def upload(s3: Any, target: S3Uri) -> Iterator[Upload]:
    """Completes the upload when the block ends, aborts it when the block fails."""
    where = {"Bucket": target.bucket, "Key": target.key}
    where |= {"UploadId": s3.create_multipart_upload(**where)["UploadId"]}
    started = Upload(where)
    try:
        yield started
        s3.complete_multipart_upload(**where, MultipartUpload={"Parts": started.parts})
    except BaseException:
        try:
            s3.abort_multipart_upload(**where)
        except (ClientError, BotoCoreError) as error:
            # the bucket's lifecycle removes it later; what went wrong first is what matters
            logging.warning("upload to %s could not be aborted: %s", target, error)
        raise
