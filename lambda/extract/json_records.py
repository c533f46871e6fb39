"""The records of a page of JSON, each as a line of JSON Lines whose text is the one that was sent.

No value is converted: digits, escapes, repeated names and their order stay. Only line breaks between the parts of a
record become spaces.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

Path = tuple[str, ...]
# a wanted value's name, or what is wanted within an object by its keys
_Wanted = str | dict[str, Any]
_RECORDS = ""
_SPACE = re.compile(r"[ \t\n\r]*")


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")


# texts for numbers: Python has limits for digits, and floating point rounds
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse)


class Records:
    """`lines` and the `count` of a body's records, and the texts of other values by name: those that there are.

    Raises ValueError, which says what is wrong with the body and where, but shows nothing of it.
    """

    def __init__(self, body: bytes | bytearray, records: Path, others: Mapping[str, Path]) -> None:
        self.lines = bytearray()
        self.count: int | None = None
        self.values: dict[str, str] = {}
        self._text = body.decode("utf-8-sig")
        try:
            end = self._after_space(self._read(self._after_space(0), _tree(records, others), ()))
        except json.JSONDecodeError as error:
            raise ValueError(f"invalid JSON at character {error.pos}") from None
        except RecursionError:
            raise ValueError("the JSON has too many levels") from None
        if end != len(self._text):
            raise ValueError(f"invalid JSON at character {end}")
        if self.count is None:
            raise ValueError(f"{_shown(records)}: must be an array, but is missing")

    def _read(self, at: int, wanted: _Wanted, path: Path) -> int:
        """Reads the value that begins there; returns where it ends."""
        if wanted == _RECORDS:
            return self._records(at, path)
        if isinstance(wanted, str):
            end = self._skip(at)
            self.values[wanted] = self._text[at:end]
            return end
        if self._text.startswith("{", at):
            return self._object(at, wanted, path)
        end = self._skip(at)
        if self._text[at:end] != "null":
            raise ValueError(f"{_shown(path)}: must be an object")
        return end

    def _object(self, at: int, wanted: dict[str, Any], path: Path) -> int:
        found = set()
        at = self._after_space(at + 1)
        if self._text.startswith("}", at):
            return at + 1
        while True:
            self._require('"', at)
            key, at = _DECODER.raw_decode(self._text, at)
            at = self._after_space(at)
            self._require(":", at)
            at = self._after_space(at + 1)
            if key in found:
                raise ValueError(f"{_shown((*path, key))}: must be there once")
            if key in wanted:
                found.add(key)
            at = self._read(at, wanted[key], (*path, key)) if key in wanted else self._skip(at)
            at = self._after_space(at)
            if self._text.startswith("}", at):
                return at + 1
            self._require(",", at)
            at = self._after_space(at + 1)

    def _records(self, at: int, path: Path) -> int:
        self.count = 0
        if not self._text.startswith("[", at):
            end = self._skip(at)
            if self._text[at:end] != "null":
                raise ValueError(f"{_shown(path)}: must be an array")
            return end
        at = self._after_space(at + 1)
        if self._text.startswith("]", at):
            return at + 1
        while True:
            at = self._after_space(self._record(at, path))
            if self._text.startswith("]", at):
                return at + 1
            self._require(",", at)
            at = self._after_space(at + 1)

    def _record(self, at: int, path: Path) -> int:
        end = self._skip(at)
        self.count = (self.count or 0) + 1
        if self._text.startswith("[", at):
            # the job reads a line that is an array as its elements
            raise ValueError(f"{_shown(path)}: record {self.count} must be an object, but is an array")
        # a line break within a string would be invalid JSON, so each of these is between a record's parts
        line = self._text[at:end].replace("\n", " ").replace("\r", " ")
        self.lines += line.encode() + b"\n"
        return end

    def _skip(self, at: int) -> int:
        """Where the valid JSON value that begins there ends."""
        return _DECODER.raw_decode(self._text, at)[1]

    def _after_space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _require(self, mark: str, at: int) -> None:
        if not self._text.startswith(mark, at):
            raise ValueError(f"invalid JSON at character {at}")


def scalar(text: str) -> str | None:
    """A string's value, a number's text, None for null; ValueError for anything else."""
    value = _DECODER.decode(text)
    if isinstance(value, bool) or not (value is None or isinstance(value, str)):
        raise ValueError("must be a text, a number or null")
    return value


def _tree(records: Path, others: Mapping[str, Path]) -> _Wanted:
    """What is wanted by its path; no path is the beginning of another one."""
    if not records:
        return _RECORDS
    tree: dict[str, Any] = {}
    for name, path in {_RECORDS: records, **others}.items():
        node = tree
        for key in path[:-1]:
            node = node.setdefault(key, {})
        node[path[-1]] = name
    return tree


def _shown(path: Path) -> str:
    return ".".join(path) or "the body"
