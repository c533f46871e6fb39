"""Listings, encryption and versions of objects."""

from local.tests.account import Account, allow
from local.tests.moto_patches.bucket import WRITES, Bucket
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


@WRITES
def test_an_object_in_a_bucket_without_versions_has_no_version(bucket: Bucket, kind: str) -> None:
    assert "VersionId" not in bucket.write(kind)
    bucket.versioned()
    assert bucket.write(kind)["VersionId"] != "null"


def test_every_object_is_encrypted_by_default(bucket: Bucket) -> None:
    upload = bucket.call("create_multipart_upload")
    part = bucket.call("upload_part", UploadId=upload["UploadId"], PartNumber=1, Body=b"part")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    done = bucket.call("complete_multipart_upload", UploadId=upload["UploadId"], MultipartUpload=parts)
    answers = [upload, part, done, bucket.write("put_object"), bucket.write("copy_object")]
    answers += [bucket.call("head_object"), bucket.call("get_object")]
    assert [answer["ServerSideEncryption"] for answer in answers] == ["AES256"] * len(answers)


def test_a_multipart_upload_has_the_buckets_encryption(account: Account, bucket: Bucket) -> None:
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}
    bucket.s3.put_bucket_encryption(Bucket=bucket.name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    upload = bucket.call("create_multipart_upload")
    answers = [
        upload,
        bucket.call("upload_part", UploadId=upload["UploadId"], PartNumber=1),
        bucket.write("put_object"),
    ]
    answers.append(bucket.write("complete_multipart_upload"))
    assert [(a["ServerSideEncryption"], a["SSEKMSKeyId"]) for a in answers] == [("aws:kms", key)] * len(answers)
