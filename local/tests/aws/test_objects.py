"""Objects that are written under a condition, as S3 keeps it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.core.request import EnvironHeaders

from local.objects import conditional_in_turn

from .account import Account, allow
from .workflows import run, task


def _written(s3: Any, bucket: str, number: int, **condition: str) -> bool:
    try:
        s3.put_object(Bucket=bucket, Key="one", Body=str(number).encode(), **condition)
        return True
    except ClientError as error:
        assert error.response["Error"]["Code"] == "PreconditionFailed"
        return False


def test_of_many_writers_under_one_condition_one_wins(account: Account) -> None:
    bucket, s3 = account.bucket(), account.client("s3")
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            first = list(pool.map(lambda n: _written(s3, bucket, n, IfNoneMatch="*"), range(8)))
            etag = s3.head_object(Bucket=bucket, Key="one")["ETag"]
            then = list(pool.map(lambda n, etag=etag: _written(s3, bucket, n + 10, IfMatch=etag), range(8)))
            assert (first.count(True), then.count(True)) == (1, 1)
            s3.delete_object(Bucket=bucket, Key="one")


@pytest.mark.parametrize(
    ("header", "together"), [("HTTP_IF_MATCH", False), ("HTTP_IF_NONE_MATCH", False), ("HTTP_ACCEPT", True)]
)
def test_writers_under_a_condition_look_and_write_one_after_another(header: str, together: bool) -> None:
    meeting = threading.Barrier(2)
    met = []

    def put_object(_: Any) -> None:
        try:
            meeting.wait(0.2)
            met.append(True)
        except threading.BrokenBarrierError:
            met.append(False)

    put = conditional_in_turn(put_object)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(put, [SimpleNamespace(headers=EnvironHeaders({header: "*"}))] * 2))
    assert met == [together] * 2


def test_a_removed_object_of_a_versioned_bucket_can_be_written_as_a_new_one(account: Account) -> None:
    bucket, s3 = account.bucket(), account.client("s3")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for number in range(2):
        assert _written(s3, bucket, number, IfNoneMatch="*")
        assert not _written(s3, bucket, number, IfNoneMatch="*")
        s3.delete_object(Bucket=bucket, Key="one")


def test_a_folder_whose_objects_are_all_removed_is_not_listed(account: Account) -> None:
    bucket, s3 = account.bucket(), account.client("s3")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for key in ("run=1/a", "run=1/b", "run=2/a"):
        s3.put_object(Bucket=bucket, Key=key)
    s3.delete_object(Bucket=bucket, Key="run=1/a")
    s3.delete_object(Bucket=bucket, Key="run=2/a")
    for listing in (s3.list_objects, s3.list_objects_v2):
        found = listing(Bucket=bucket, Prefix="run=", Delimiter="/")
        assert found["CommonPrefixes"] == [{"Prefix": "run=1/"}]


def test_a_state_machine_lists_a_buckets_folders(account: Account) -> None:
    bucket = account.bucket()
    account.client("s3").put_object(Bucket=bucket, Key="a/b", Body=b"1")
    listing = task("aws-sdk:s3:listObjectsV2", {"Bucket": bucket, "Delimiter": "/"})
    found = run(account, {"L": listing}, allow("s3:ListBucket"))
    assert found["CommonPrefixes"] == [{"Prefix": "a/"}]
