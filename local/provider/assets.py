"""The bytes of assets and archives. Paths are relative to the project root, in which the process runs."""

import io
import tarfile
import urllib.parse
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from local.provider.values import is_archive, is_asset

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_REMOTE_TIMEOUT_SECONDS: Final = 60
_SCHEMES: Final = ("https", "http", "file")


def content(value: Any) -> bytes:
    """The bytes to upload: the content of an asset, or an archive as a zip."""
    if is_asset(value):
        return _asset(value)
    if is_archive(value):
        return _zip(value)
    raise ValueError(f"invalid value of type {type(value).__name__}; must be an asset or an archive")


def _asset(asset: dict[str, Any]) -> bytes:
    if path := asset.get("path"):
        return _existing(path).read_bytes()
    if uri := asset.get("uri"):
        return _fetch(uri)
    return str(asset.get("text", "")).encode()


def _zip(archive: dict[str, Any]) -> bytes:
    """An existing zip unchanged, or a reproducible zip of the archive's files."""
    raw = _packed(archive)
    if raw is not None and zipfile.is_zipfile(io.BytesIO(raw)):
        return raw
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, mode, data in sorted(_files(archive)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = (0o755 if mode & 0o100 else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return buffer.getvalue()


def _files(archive: dict[str, Any]) -> Iterator[tuple[str, int, bytes]]:
    """Name, mode and content of each file in the archive."""
    raw = _packed(archive)
    if raw is not None:
        yield from _unpacked(raw, archive)
    elif path := archive.get("path"):
        root = _existing(path)
        for file in sorted(root.rglob("*")):
            if file.is_file():
                yield file.relative_to(root).as_posix(), file.stat().st_mode, file.read_bytes()
    else:
        for name, value in archive.get("assets", {}).items():
            if is_archive(value):
                yield from ((f"{name}/{inner}", mode, data) for inner, mode, data in _files(value))
            else:
                yield name, 0o644, content(value)


def _packed(archive: dict[str, Any]) -> bytes | None:
    """The bytes of an archive that is a file; None for a directory or a map of assets."""
    if uri := archive.get("uri"):
        return _fetch(uri)
    if (path := archive.get("path")) and _existing(path).is_file():
        return Path(path).read_bytes()
    return None


def _unpacked(raw: bytes, archive: dict[str, Any]) -> Iterator[tuple[str, int, bytes]]:
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as source:
            for entry in source.infolist():
                if not entry.is_dir():
                    yield entry.filename, entry.external_attr >> 16, source.read(entry)
        return
    try:
        with tarfile.open(fileobj=io.BytesIO(raw)) as source:
            for member in source:
                if (stream := source.extractfile(member)) is not None:
                    yield member.name.removeprefix("./"), member.mode, stream.read()
    except tarfile.ReadError:
        where = archive.get("path") or archive.get("uri")
        raise ValueError(f"invalid archive {where!r}; must be a directory, or a zip, jar, tar or tar.gz file") from None


def _existing(path: str) -> Path:
    if not Path(path).exists():
        raise ValueError(f"file or directory {path!r} does not exist in {Path.cwd()}")
    return Path(path)


def _fetch(uri: str) -> bytes:
    if urllib.parse.urlsplit(uri).scheme not in _SCHEMES:
        raise ValueError(f"invalid asset {uri!r}; its scheme must be one of {', '.join(_SCHEMES)}")
    with urllib.request.urlopen(uri, timeout=_REMOTE_TIMEOUT_SECONDS) as response:  # noqa: S310 (checked above)
        body: bytes = response.read()
        return body
