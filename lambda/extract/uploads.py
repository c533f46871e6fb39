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


# parts on their way to S3 at a time: they, and no more of a body, are held in memory
CONCURRENT_PARTS = 4


@dataclass
class Upload:
    """An upload under way: where it goes, and the etags of the parts that are there by their numbers, from 1."""

    where: dict[str, Any]
    etags: dict[int, str] = field(default_factory=dict)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The parts as S3 wants to be told them, in order."""
        return [{"PartNumber": number, "ETag": etag} for number, etag in sorted(self.etags.items())]

    def put(self, s3: Any, number: int, part: bytes) -> None:
        """Uploads one part; several threads may do so at a time."""
        self.etags[number] = s3.upload_part(**self.where, PartNumber=number, Body=part)["ETag"]


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
