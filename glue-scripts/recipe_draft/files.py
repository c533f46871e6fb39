"""Reads the files of a source: content and encoding."""

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from recipe_cases.session import ROOT

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32", "utf-32"),
    (b"\x00\x00\xfe\xff", "UTF-32", "utf-32"),
    (b"\xff\xfe", "UTF-16", "utf-16"),
    (b"\xfe\xff", "UTF-16", "utf-16"),
    (b"\xef\xbb\xbf", "UTF-8", "utf-8-sig"),
)
_EIGHT_BITS = (("windows-1252", "cp1252"), ("ISO-8859-1", "latin-1"))
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a\x1b")
_HEAD = 1 << 16
_GZIP = b"\x1f\x8b"


class NoData(Exception):
    """No recipe can be drafted from a file."""


@dataclass(frozen=True)
class Text:
    """A file's text, and its encoding as the recipe and as Python name it."""

    text: str
    encoding: str
    codec: str


def of(source: Path) -> list[Path]:
    """The files that the job reads, without empty files and those whose names begin with _ or a dot."""
    if not source.exists():
        raise NoData(f"{source}: no such file or folder")
    below = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
    names = [path for path in below if path == source or not path.relative_to(source).name.startswith(("_", "."))]
    found = [path for path in names if path.stat().st_size]
    if not found:
        raise NoData(f"{source}: no data: {'the file is empty' if source.is_file() else 'no file has any bytes'}")
    return found


def content(file: Path) -> bytes:
    """The file's bytes, unpacked if its name ends in .gz."""
    data = file.read_bytes()
    if file.suffix == ".gz":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise NoData(f"{file}: not a whole gzip file: {error}") from error
    if not data:
        raise NoData(f"{file}: no data: the file is empty")
    return data


def decoded(file: Path, data: bytes) -> Text:
    """The text in the first encoding that fits; raises NoData for binary data."""
    for mark, encoding, codec in _MARKS:
        if data.startswith(mark):
            return _in(file, data, encoding, codec)
    # the job reads a gzip file by its name; its zero bytes must not pass for UTF-16
    if data.startswith(_GZIP):
        raise _binary(file)
    if b"\0" in data[:_HEAD]:
        for encoding, codec, zeros in (("UTF-16LE", "utf-16-le", data[1::2]), ("UTF-16BE", "utf-16-be", data[0::2])):
            if zeros[:_HEAD].count(0) * 3 > len(zeros[:_HEAD]):
                return _in(file, data, encoding, codec)
    if sum(byte in _CONTROLS for byte in data[:_HEAD]) * 50 > len(data[:_HEAD]):
        raise _binary(file)
    try:
        return _in(file, data, "UTF-8", "utf-8")
    except NoData:
        return _of_eight_bits(file, data)


def _of_eight_bits(file: Path, data: bytes) -> Text:
    schema = json.loads((ROOT / "glue-scripts/recipes/recipe.schema.json").read_text(encoding="utf-8"))
    allowed = schema["$defs"]["format"]["properties"]["encoding"]["enum"]
    for encoding, codec in _EIGHT_BITS:
        try:
            if encoding in allowed:
                return _in(file, data, encoding, codec)
        except NoData:
            continue
    raise _binary(file)


def _in(file: Path, data: bytes, encoding: str, codec: str) -> Text:
    try:
        return Text(data.decode(codec), encoding, codec)
    except UnicodeDecodeError as error:
        raise NoData(f"{file}: not a text in {encoding}, as it seems to be: {error}") from error


def _binary(file: Path) -> NoData:
    return NoData(f"{file}: unknown format: binary; must be csv, jsonLines, json or parquet, packed as .gz or not")
