"""Multipart uploads to the data bucket that leave one whole object, or nothing."""

import base64
import logging
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from event import S3Uri

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: parts of 5 MiB at least, 10,000 at most
MOST_PARTS = 10_000

# of an upload whose parts come with their checksums
WITH_CRC = {"ChecksumAlgorithm": "CRC32"}

# parts on their way to S3 at a time: they, and no more of a body, are held in memory
CONCURRENT_PARTS = 4


@dataclass
class Upload:
    """An upload under way: where it goes, and what S3 wants to hear of each part that is there, by number from 1."""

    where: dict[str, Any]
    done: dict[int, dict[str, str]] = field(default_factory=dict)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The parts in the form and order that S3 expects."""
        return [{"PartNumber": number, **part} for number, part in sorted(self.done.items())]

    def put(self, s3: Any, number: int, part: bytearray) -> None:
        """Uploads one part, whose upload is one WITH_CRC; several threads may do so at a time.

        A bytearray is sent as it is. Of `bytes`, and of a body that comes without its checksum, botocore makes a file
        and sends it in small pieces, which costs more than to encrypt them.
        """
        checksum = {"ChecksumCRC32": base64.b64encode(zlib.crc32(part).to_bytes(4, "big")).decode()}
        etag = s3.upload_part(**self.where, PartNumber=number, Body=part, **checksum)["ETag"]
        self.done[number] = {"ETag": etag, **checksum}


@contextmanager
def upload(s3: Any, target: S3Uri, **options: str) -> Iterator[Upload]:
    """Completes the upload when the block ends, aborts it when the block fails."""
    where = {"Bucket": target.bucket, "Key": target.key}
    where |= {"UploadId": s3.create_multipart_upload(**where, **options)["UploadId"]}
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


def store(s3: Any, parts: Iterator[bytearray], target: S3Uri, tagging: dict[str, str]) -> int:
    """Writes one object, whole or not at all, while its parts come; returns its size in bytes."""
    size = 0
    with (
        upload(s3, target, **WITH_CRC, **tagging) as started,
        ThreadPoolExecutor(CONCURRENT_PARTS) as pool,
    ):
        under_way: deque[Future[None]] = deque()
        for number, part in enumerate(parts, 1):
            if len(under_way) == CONCURRENT_PARTS:
                under_way.popleft().result()
            under_way.append(pool.submit(started.put, s3, number, part))
            size += len(part)
        for put in under_way:
            put.result()
    return size
