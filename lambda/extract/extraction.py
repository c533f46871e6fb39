"""What the extraction of any source gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from event import S3Uri


@dataclass(frozen=True)
class Extraction:
    """Where a source's data is (an object, or a prefix that ends in /), its size, its version, since when.

    A source with pages has their number and that of all records. `for_job` is what only the pointer has: what the job
    needs to read a source of which nothing is copied.
    """

    uri: S3Uri
    bytes: int
    etag: str
    copied_at: str
    changed: bool
    pages: int | None = None
    records: int | None = None
    for_job: Mapping[str, Any] = field(default_factory=dict)

    def answer(self) -> dict[str, Any]:
        """As the workflow gets it, without the source's name."""
        counts = {"pages": self.pages, "records": self.records}
        return {
            "uri": str(self.uri),
            "bytes": self.bytes,
            "etag": self.etag,
            "changed": self.changed,
            "copied_at": self.copied_at,
            **{name: count for name, count in counts.items() if count is not None},
        }

    def pointer(self) -> dict[str, Any]:
        """As the job gets it."""
        return {**self.answer(), **self.for_job}

    @staticmethod
    def parse(pointer: dict[str, Any]) -> "Extraction":
        """What `pointer` has written, without what is for the job only."""
        names = {entry.name for entry in fields(Extraction)}
        known = {name: value for name, value in pointer.items() if name in names}
        return Extraction(**(known | {"uri": S3Uri.parse(pointer["uri"])}))
