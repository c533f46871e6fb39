"""The event that asks for one extraction, checked before anything is done."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials import Credentials
from errors import InvalidInput

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
_RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_S3_URI = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.+)", re.DOTALL)
_DATASET_PREFIX = re.compile(r"(datasets/[^/]+/)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class S3Uri:
    """An object, or with a key that ends in a slash all objects under that prefix."""

    bucket: str
    key: str

    @staticmethod
    def parse(uri: str) -> "S3Uri":
        match = _S3_URI.fullmatch(uri)
        if not match:
            raise InvalidInput(f"invalid value {uri!r}; must be s3://bucket/key or s3://bucket/prefix/")
        return S3Uri(match[1], match[2])

    @property
    def is_prefix(self) -> bool:
        return self.key.endswith("/")

    def below(self, relative_key: str) -> "S3Uri":
        """The object of that name under this prefix; a name that would leave it is refused."""
        parts = relative_key.split("/")
        if not relative_key or relative_key.startswith("/") or ".." in parts or _CONTROL.search(relative_key):
            raise InvalidInput(f"the source's key {relative_key!r} would leave {self}")
        return S3Uri(self.bucket, self.key + relative_key)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


@dataclass(frozen=True)
class Published:
    """The copy of the source that the last publish was made of."""

    uri: S3Uri
    bytes: int
    etag: str
    copied_at: datetime

    @staticmethod
    def parse(published: Any) -> "Published | None":
        if published is None:
            return None
        types = {"name": str, "uri": str, "bytes": int, "etag": str, "copied_at": str}
        fields = _fields(published, "published", types)
        try:
            copied_at = datetime.fromisoformat(fields["copied_at"])
        except ValueError as error:
            raise InvalidInput(
                f"published.copied_at: invalid value {fields['copied_at']!r}; must be ISO 8601"
            ) from error
        return Published(S3Uri.parse(fields["uri"]), fields["bytes"], fields["etag"], copied_at)


@dataclass(frozen=True)
class Deployed:
    """What the deployment says of the https sources, by the data set's prefix and the source's name.

    The query of an address may be a secret. Credentials name a secret.
    """

    queries: Mapping[str, str]
    credentials: Mapping[str, Mapping[str, str]]

    @staticmethod
    def of(environment: Mapping[str, str]) -> "Deployed":
        """From the function's environment."""
        return Deployed(
            json.loads(environment.get("SOURCE_QUERIES", "{}")),
            json.loads(environment.get("SOURCE_CREDENTIALS", "{}")),
        )


@dataclass(frozen=True)
class Event:
    """Which source to extract (`name`, `uri`), the prefix to write it under, and its entry in the last publish.

    The copies of a `sensitive` source are tagged, by which the bucket's lifecycle deletes them earlier. `call` is the
    invocation's id: what it copies is under a prefix that no other invocation writes to.
    """

    name: str
    uri: str
    run_id: str
    destination: S3Uri
    published: Published | None
    incremental: bool
    call: str
    sensitive: bool = False
    credentials: Credentials | None = None

    @property
    def copies(self) -> S3Uri:
        """The prefix under which this invocation writes its copies."""
        return S3Uri(self.destination.bucket, f"{self.destination.key}call={self.call}/")

    @property
    def tagging(self) -> dict[str, str]:
        """The arguments that tag a copy."""
        return {"Tagging": "sensitive=true"} if self.sensitive else {}

    @staticmethod
    def parse(event: Any, call: str, deployed: "Deployed") -> "Event":
        """Reads the event as handler.py describes it; raises InvalidInput for anything else.

        `deployed` has what is in no event.
        """
        types = {"source": dict, "run_id": str, "destination": str, "published": object, "incremental": bool}
        fields = _fields(event, "the event", types)
        source = _fields(
            {"sensitive": False} | fields["source"], "source", {"name": str, "uri": str, "sensitive": bool}
        )
        if not _NAME.fullmatch(source["name"]):
            raise InvalidInput(f"source.name: invalid value {source['name']!r}; must be {_NAME.pattern}")
        if not _RUN_ID.fullmatch(fields["run_id"]):
            raise InvalidInput(f"run_id: invalid value {fields['run_id']!r}; must be {_RUN_ID.pattern}")
        if not source["uri"].startswith(("s3://", "https://", "dataset://")) or _CONTROL.search(source["uri"]):
            # an address may contain a secret, so the error shows only its beginning
            raise InvalidInput(
                f"source.uri: invalid value {source['uri'][:8]!r}...; must be s3://, https:// or dataset://"
            )
        destination = S3Uri.parse(fields["destination"])
        if not destination.is_prefix:
            raise InvalidInput(f"destination: invalid value {str(destination)!r}; must be a prefix that ends in /")
        published = Published.parse(fields["published"])
        place = _DATASET_PREFIX.match(destination.key)[0] + source["name"]  # type: ignore[index]
        query = deployed.queries.get(place)
        uri = f"{source['uri']}?{query}" if query else source["uri"]
        incremental, sensitive = fields["incremental"], source["sensitive"]
        credentials = Credentials.parse(deployed.credentials.get(place))
        return Event(
            source["name"],
            uri,
            fields["run_id"],
            destination,
            published,
            incremental,
            call,
            sensitive,
            credentials,
        )


def _fields(value: Any, where: str, types: dict[str, type]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(types):
        got = sorted(value) if isinstance(value, dict) else value
        raise InvalidInput(f"{where}: invalid value {got!r}; must be an object of {', '.join(types)}")
    for key, type_ in types.items():
        if not isinstance(value[key], type_):
            raise InvalidInput(f"{where}.{key}: invalid value {value[key]!r}; must be a {type_.__name__}")
    return value
