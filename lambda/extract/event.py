"""The event that asks for one extraction, checked before anything is done."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credentials import Credentials
from errors import InvalidInput
from fields import NULLABLE_TEXT, checked
from paging import Paging

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")
_RUN_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")
_S3_URI = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.+)", re.DOTALL)
_DATASET_PREFIX = re.compile(r"(datasets/[^/]+/)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SCHEMES = ("s3://", "https://", "dataset://")
# no user, password or parameters, which may be secrets
_JDBC_URI = re.compile(r"jdbc:(postgresql|mysql)://[^\s/?#@;]+/[^\s/?#@;]+")


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
    pages: int | None = None
    records: int | None = None

    @staticmethod
    def parse(published: Any) -> "Published | None":
        if published is None:
            return None
        types = {"name": str, "uri": str, "bytes": int, "etag": str, "copied_at": str}
        fields = checked(published, "published", types, {"pages": int, "records": int})
        try:
            copied_at = datetime.fromisoformat(fields["copied_at"])
        except ValueError as error:
            raise InvalidInput(
                f"published.copied_at: invalid value {fields['copied_at']!r}; must be ISO 8601"
            ) from error
        counts = {name: fields.get(name) for name in ("pages", "records")}
        return Published(S3Uri.parse(fields["uri"]), fields["bytes"], fields["etag"], copied_at, **counts)


@dataclass(frozen=True)
class Since:
    """The query parameter or the column that limits a source to what is new, and the watermark; None for all."""

    name: str
    value: str | None

    @property
    def parameters(self) -> dict[str, str]:
        """The query parameters of a request."""
        return {} if self.value is None else {self.name: self.value}


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
    invocation's id: what it copies is under a prefix that no other invocation writes to. `continuation` is what the
    invocation before this one has answered, if it did not reach the last page.
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
    since: Since | None = None
    paging: Paging | None = None
    database: Mapping[str, Any] | None = None
    continuation: Mapping[str, Any] | None = None

    @property
    def copies(self) -> S3Uri:
        """The prefix under which this invocation writes its copies."""
        return self.copies_of(self.call)

    def copies_of(self, call: str) -> S3Uri:
        """The prefix under which the invocation of that id writes its copies."""
        return S3Uri(self.destination.bucket, f"{self.destination.key}call={call}/")

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
        fields = checked(event, "the event", types, {"since": NULLABLE_TEXT, "continuation": dict})
        source = _source(fields["source"])
        if not _RUN_ID.fullmatch(fields["run_id"]):
            raise InvalidInput(f"run_id: invalid value {fields['run_id']!r}; must be {_RUN_ID.pattern}")
        destination = S3Uri.parse(fields["destination"])
        if not destination.is_prefix:
            raise InvalidInput(f"destination: invalid value {str(destination)!r}; must be a prefix that ends in /")
        if "continuation" in fields and "paging" not in source:
            raise InvalidInput("continuation: must be absent for a source without paging")
        place = _DATASET_PREFIX.match(destination.key)[0] + source["name"]  # type: ignore[index]
        query = deployed.queries.get(place)
        return Event(
            name=source["name"],
            uri=f"{source['uri']}?{query}" if query else source["uri"],
            run_id=fields["run_id"],
            destination=destination,
            published=Published.parse(fields["published"]),
            incremental=fields["incremental"],
            call=call,
            sensitive=source.get("sensitive", False),
            credentials=Credentials.parse(deployed.credentials.get(place)),
            # a watermark without a parameter or a column to send it with changes nothing: all records come
            since=Since(source["since"], fields.get("since")) if "since" in source else None,
            paging=Paging.parse(source.get("paging")),
            database=source.get("database"),
            continuation=fields.get("continuation"),
        )


def _source(value: dict[str, Any]) -> dict[str, Any]:
    optional = {"sensitive": bool, "since": str, "paging": dict, "database": dict}
    source = checked(value, "source", {"name": str, "uri": str}, optional)
    name, uri = source["name"], source["uri"]
    if not _NAME.fullmatch(name):
        raise InvalidInput(f"source.name: invalid value {name!r}; must be {_NAME.pattern}")
    is_database = _JDBC_URI.fullmatch(uri) is not None
    if not (uri.startswith(_SCHEMES) or is_database) or _CONTROL.search(uri):
        # an address may contain a secret, so the error shows only its beginning
        raise InvalidInput(
            f"source.uri: invalid value {uri[:8]!r}...; must be {', '.join(_SCHEMES)}, jdbc:postgresql://host/database"
            " or jdbc:mysql://host/database"
        )
    if is_database != ("database" in source):
        raise InvalidInput("source.database: must be set for jdbc: and for no other address")
    if "paging" in source and not uri.startswith("https://"):
        raise InvalidInput("source.paging: must be absent for an address that is not https://")
    if "since" in source and not (is_database or uri.startswith("https://")):
        raise InvalidInput("source.since: must be absent for an address that is neither https:// nor jdbc:")
    if source.get("since") == "" or _CONTROL.search(source.get("since", "")):
        raise InvalidInput(f"source.since: invalid value {source['since']!r}; must be a query parameter or a column")
    return source
