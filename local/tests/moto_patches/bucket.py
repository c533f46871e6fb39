"""A bucket, its calls and their expected errors, for tests of objects."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.tests.account import Account

WRITES = pytest.mark.parametrize("kind", ["put_object", "copy_object", "complete_multipart_upload"])
MISSING = (404, {"Code": "NoSuchKey", "Message": "The specified key does not exist.", "Key": "one"})
_FAILED = "At least one of the pre-conditions you specified did not hold"


class Bucket:
    """A bucket with a source to copy, and calls that write its object `one`."""

    def __init__(self, account: Account) -> None:
        self.s3, self.name = account.client("s3"), account.bucket(source="source")

    def call(self, operation: str, **arguments: Any) -> Any:
        return getattr(self.s3, operation)(Bucket=self.name, **{"Key": "one", **arguments})

    def etag(self, body: str = "first") -> str:
        return str(self.call("put_object", Body=body)["ETag"])

    def versioned(self) -> None:
        self.s3.put_bucket_versioning(Bucket=self.name, VersioningConfiguration={"Status": "Enabled"})

    def upload(self) -> dict[str, Any]:
        """The arguments that complete a new multipart upload of one part."""
        upload = self.call("create_multipart_upload")["UploadId"]
        part = self.call("upload_part", UploadId=upload, PartNumber=1, Body=b"part")
        return {"UploadId": upload, "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}}

    def write(self, kind: str, **condition: str) -> Any:
        more: dict[str, Any] = {
            "put_object": {"Body": b"new"},
            "copy_object": {"CopySource": f"{self.name}/source.txt"},
        }
        return self.call(kind, **(self.upload() if kind == "complete_multipart_upload" else more[kind]), **condition)

    def refusal(self, operation: str, **arguments: Any) -> tuple[int, dict[str, str]]:
        with pytest.raises(ClientError) as refused:
            self.call(operation, **arguments)
        return _refusal(refused.value)

    def write_refusal(self, kind: str, **condition: str) -> tuple[int, dict[str, str]]:
        with pytest.raises(ClientError) as refused:
            self.write(kind, **condition)
        return _refusal(refused.value)


def _refusal(error: ClientError) -> tuple[int, dict[str, str]]:
    response: Any = error.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]


def failed(condition: str) -> tuple[int, dict[str, str]]:
    return 412, {"Code": "PreconditionFailed", "Message": _FAILED, "Condition": condition}


def conflict(condition: str) -> tuple[int, dict[str, str]]:
    text = "The conditional request cannot succeed due to a conflicting operation against this resource."
    return 409, {"Code": "ConditionalRequestConflict", "Message": text, "Condition": condition, "Key": "one"}


def not_implemented(header: str, **more: str) -> tuple[int, dict[str, str]]:
    text = "A header you provided implies functionality that is not implemented"
    return 501, {"Code": "NotImplemented", "Message": text, "Header": header, **more}
