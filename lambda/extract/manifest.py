"""What the last publish was made of, read from its manifest."""

import json
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from errors import InvalidManifest, is_missing_key, of_destination
from event import S3Uri


@dataclass(frozen=True)
class Manifest:
    """The version of code and recipe that published, and each source's etag; of nothing, when nothing is published."""

    version: str | None = None
    etags: dict[str, str] = field(default_factory=dict)

    def differs(self, name: str, etag: str) -> bool:
        return self.etags.get(name) != etag


def read(s3: Any, uri: str) -> Manifest:
    """Reads the manifest at that URI; without one, nothing was published yet."""
    location = S3Uri.parse(uri)
    try:
        body = s3.get_object(Bucket=location.bucket, Key=location.key)["Body"].read()
    except (ClientError, BotoCoreError) as error:
        if is_missing_key(error):
            return Manifest()
        raise of_destination(f"read the manifest {uri}", error) from error
    try:
        manifest = json.loads(body)
        return Manifest(manifest["version"], {source["name"]: source["etag"] for source in manifest["sources"]})
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidManifest(f"{uri}: not a manifest: {error!r}") from error
