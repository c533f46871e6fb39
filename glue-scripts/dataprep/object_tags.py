"""Tags objects in S3, which the S3A file system cannot do."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

_S3 = "s3://"
_WRITERS = 16
_SENSITIVE = {"TagSet": [{"Key": "sensitive", "Value": "true"}]}


def mark_sensitive(uris: Iterable[str]) -> None:
    """Tags the objects, by which the bucket's lifecycle deletes them earlier; ignores files that are not in S3.

    Importing boto3 takes time, which only sensitive sources need.
    """
    places = [uri.removeprefix(_S3).partition("/") for uri in uris if uri.startswith(_S3)]
    if not places:
        return
    import boto3

    client = boto3.client("s3")

    def mark(place: tuple[str, str, str]) -> None:
        bucket, _, key = place
        client.put_object_tagging(Bucket=bucket, Key=key, Tagging=_SENSITIVE)

    with ThreadPoolExecutor(_WRITERS) as pool:
        list(pool.map(mark, places))
