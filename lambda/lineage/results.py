"""What a run has published: its manifest, which is beside its data set and never changes, and its quality report."""

import json
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from status_change import StatusChange

# beside the data set, as workflow/Manifest.java writes it
_MANIFEST = "_manifest.json"


@dataclass(frozen=True)
class Result:
    """Whether the execution published, and the details, which are empty if they have been deleted since."""

    published: bool = False
    manifest: dict[str, Any] = field(default_factory=dict)
    quality: dict[str, Any] = field(default_factory=dict)

    @property
    def versions(self) -> dict[str, str]:
        """The version of each source that the data set was made of, by the source's name."""
        return {source["name"]: source["etag"] for source in self.manifest.get("sources", [])}


def read(s3: Any, change: StatusChange) -> Result:
    """The result of an execution; a rollback has published the run that it restored."""
    if change.event_type != "COMPLETE" or not change.output.get("published"):
        return Result()
    manifest = _json(s3, change.output["dataset"] + _MANIFEST)
    return Result(True, manifest, _json(s3, manifest["report"]) if manifest else {})


def _json(s3: Any, uri: str) -> dict[str, Any]:
    """An object's content; empty if it does not exist any more."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    try:
        content: dict[str, Any] = json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        return content
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchKey":
            return {}
        raise
