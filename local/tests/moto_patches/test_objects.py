"""Listings of buckets."""

from local.tests.account import Account, allow
from local.tests.workflows import run, task


def test_a_folder_without_objects_is_not_listed(account: Account) -> None:
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
