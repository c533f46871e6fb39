"""Deletion of S3 objects with all their versions."""

from typing import Final

from local.provider.aws import AwsError
from local.provider.spec import Scope

_DELETES_PER_CALL: Final = 1000


def delete_versions(scope: Scope, key: str | None = None) -> None:
    """Deletes every version and delete marker of the bucket, or of one key in it."""
    found = scope.call("ListObjectVersions", Bucket=scope.fields["bucket"], Prefix=key or "")
    versions = [
        {"Key": version["Key"], "VersionId": version["VersionId"]}
        for version in [*found.get("Versions", []), *found.get("DeleteMarkers", [])]
        if key is None or version["Key"] == key
    ]
    for start in range(0, len(versions), _DELETES_PER_CALL):
        batch = versions[start : start + _DELETES_PER_CALL]
        answer = scope.call("DeleteObjects", Bucket=scope.fields["bucket"], Delete={"Objects": batch, "Quiet": True})
        for error in answer.get("Errors", []):
            raise AwsError("DeleteObjects", error["Code"], f"{error['Key']}: {error['Message']}")
