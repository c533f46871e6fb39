"""What the extraction of any source gives back."""

from dataclasses import dataclass

from event import S3Uri


@dataclass(frozen=True)
class Extraction:
    """Where a source's data lies (an object, or a prefix that ends in /), its size, its version, since when."""

    uri: S3Uri
    bytes: int
    etag: str
    copied_at: str
    changed: bool
