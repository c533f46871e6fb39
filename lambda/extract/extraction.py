"""What the extraction of any source gives back."""

from dataclasses import dataclass
from typing import Any

from event import S3Uri


@dataclass(frozen=True)
class Extraction:
    """Where a source's data is (an object, or a prefix that ends in /), its size, its version, since when."""

    uri: S3Uri
    bytes: int
    etag: str
    copied_at: str
    changed: bool

    def answer(self) -> dict[str, Any]:
        """As the workflow gets it, without the source's name."""
        return {
            "uri": str(self.uri),
            "bytes": self.bytes,
            "etag": self.etag,
            "changed": self.changed,
            "copied_at": self.copied_at,
        }

    @staticmethod
    def parse(answer: dict[str, Any]) -> "Extraction":
        """What `answer` has written."""
        return Extraction(**(answer | {"uri": S3Uri.parse(answer["uri"])}))
