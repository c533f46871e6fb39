"""The body of an answer over https, complete or an error."""

import http.client
from collections.abc import Iterator

import https_client
from errors import SourceRefused, SourceTruncated


def require_identity(response: http.client.HTTPResponse, shown: str, is_gzip_file: bool = False) -> None:
    """Rejects an encoding that was not requested, except gzip for a file whose name says so."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in {"", "identity"} and not (encoding == "gzip" and is_gzip_file):
        raise SourceRefused(f"{shown}: invalid Content-Encoding {encoding[:20]!r}; must be identity")


def length(response: http.client.HTTPResponse) -> int | None:
    """The promised length of the body in bytes; None if there is no promise, or none that can be read."""
    text = response.headers.get("Content-Length", "")
    return int(text) if text.isascii() and text.isdigit() else None


def parts(response: http.client.HTTPResponse, shown: str, size: int) -> Iterator[bytearray]:
    """The body in parts of `size` bytes, the last one shorter; at least one, and all that was promised or an error."""
    promised = length(response)
    received = 0
    while True:
        part = bytearray(size)
        with https_client.talking(f"{shown}, after {received} bytes"):
            del part[response.readinto(part) :]
        if part or not received:
            yield part
        received += len(part)
        if not part:
            break
    if promised is not None and received != promised:
        raise SourceTruncated(f"{shown}: got {received} of {promised} bytes")
