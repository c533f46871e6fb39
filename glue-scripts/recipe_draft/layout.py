"""Detects the layout of a source's files: possible formats, and the names of the columns."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recipe_draft import files
from recipe_draft.files import NoData, Text

_DELIMITERS = ",;\t|"
_LINES = 200
_NUMBER = re.compile(r"\s*[+-]?(\d+([.,]\d+)*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*)\s*")
_OTHER_FORMATS = {
    "<": "XML or HTML",
    "%PDF": "PDF",
    "PK": "a zip file or a spreadsheet",
    "Obj\x01": "Avro",
    "ORC": "ORC",
}
_DEPTH = 5


@dataclass(frozen=True)
class Layout:
    """Formats for the recipe, the likeliest first; the columns; and notes on columns that were left out."""

    formats: tuple[Mapping[str, Any], ...]
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def of(found: list[Path]) -> Layout | None:
    """The layout of text files, or None if they are Parquet; raises NoData."""
    kinds = {path: _kind(path) for path in found}
    if len(set(kinds.values())) > 1:
        listed = ", ".join(f"{path.name} is {kind}" for path, kind in list(kinds.items())[:5])
        raise NoData(f"files of several formats: {listed}; must be of one")
    kind = kinds[found[0]]
    if kind == "parquet":
        return None
    first = _text(found[0])
    return _csv(first) if kind == "csv" else _json(found, kind)


def _kind(path: Path) -> str:
    data = files.content(path)
    if data.startswith(b"PAR1"):
        return "parquet"
    for mark, name in _OTHER_FORMATS.items():
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(mark.encode()):
            raise NoData(f"{path}: unknown format: {name}; must be csv, jsonLines, json or parquet")
    text = _text(path)
    if not text.text.strip():
        raise NoData(f"{path}: no data: the file has white space only")
    start = text.text.lstrip("\ufeff \t\r\n")
    if not start.startswith(("{", "[")):
        return "csv"
    if text.encoding != "UTF-8":
        raise NoData(f"{path}: JSON in {text.encoding}; must be UTF-8")
    return _json_kind(path, start)


def _json_kind(path: Path, text: str) -> str:
    whole = _loaded(text)
    if isinstance(whole, ValueError):
        values, kind = [_loaded(line) for line in text.split("\n")], "jsonLines"
    elif isinstance(whole, dict):
        values, kind = [whole], "json" if "\n" in text.strip() else "jsonLines"
    else:
        values, kind = whole, "json"
    if not any(isinstance(value, dict) for value in values):
        raise NoData(f"{path}: JSON without objects; must be an array of objects, or an object on each line")
    return kind


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return error if isinstance(error, ValueError) else ValueError(str(error))


def _text(path: Path) -> Text:
    return files.decoded(path, files.content(path))


def _csv(text: Text) -> Layout:
    lines = io.StringIO(text.text.removeprefix("\ufeff"), newline=None).readlines()
    head = [line for line in lines[:_LINES] if line.strip()]
    delimiter = max(_DELIMITERS, key=lambda mark: _consistency(head, mark))
    form: dict[str, Any] = {"type": "csv"}
    if delimiter != ",":
        form["delimiter"] = delimiter
    if text.encoding != "UTF-8":
        form["encoding"] = text.encoding
    rows = [row for row in csv.reader(head, delimiter=delimiter) if row]
    names, notes = rows[0], []
    if _has_header(rows):
        unusable = _unusable(names)
        if unusable:
            notes.append(f"left out, as they have no name of their own: {len(unusable)} columns")
        names = [name for name in names if name not in unusable]
    else:
        names = [f"column_{place}" for place in range(1, len(names) + 1)]
        form |= {"header": False, "columns": names}
        notes.append("the first line seems to be data: the columns are named by their positions")
    return Layout(tuple(_variants(form, lines, delimiter)), tuple(names), tuple(notes))


def _consistency(lines: list[str], delimiter: str) -> tuple[bool, int, float]:
    """Whether most lines have the same number of values, at least two; that number; and the share of these lines."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    width, often = widths.most_common(1)[0]
    share = often / widths.total()
    return width > 1 and share >= 0.5, width if share >= 0.9 else 0, share


def _has_header(rows: list[list[str]]) -> bool:
    """Whether the first line has no numbers, or a name above a column of numbers."""
    first, others = rows[0], rows[1:]
    numbers = [place for place, name in enumerate(first) if _NUMBER.fullmatch(name)]
    if not numbers:
        return not any(first == row for row in others)
    above = [
        place
        for place, name in enumerate(first)
        if place not in numbers and (found := [row[place] for row in others if len(row) > place and row[place]])
        if all(_NUMBER.fullmatch(value) for value in found)
    ]
    return bool(above)


def _unusable(names: list[str]) -> set[str]:
    often = Counter(name.lower() for name in names)
    return {name for name in names if not name or often[name.lower()] > 1}


def _variants(form: Mapping[str, Any], lines: list[str], delimiter: str) -> Iterable[Mapping[str, Any]]:
    """Variants with multiLine or a backslash as escape come first if the file has signs of them."""
    text = "".join(lines)
    escaped = re.search(rf'\\"(?!\s*({re.escape(delimiter)}|$))', text, re.MULTILINE)
    forms = [{**form, "escape": "\\"}, form] if escaped else [form]
    over_lines = any("\n" in value for row in csv.reader(lines, delimiter=delimiter) for value in row)
    for each in forms:
        yield from [{**each, "multiLine": True}, each] if over_lines else [each]


def _json(found: list[Path], kind: str) -> Layout:
    tree: dict[str, Any] = {}
    for path in found:
        text = _text(path).text.removeprefix("\ufeff")
        values = [_loaded(line) for line in text.split("\n")] if kind == "jsonLines" else _loaded(text)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                _add_keys(tree, value, 1)
    notes: list[str] = []
    names = list(_paths(tree, "", notes))
    if not names:
        raise NoData(f"{found[0]}: no object has a key")
    return Layout(({"type": kind},), tuple(names), tuple(notes))


def _add_keys(tree: dict[str, Any], value: Mapping[str, Any], depth: int) -> None:
    """Adds the keys of an object to the tree; a key with other values than objects has None."""
    for key, below in value.items():
        if isinstance(below, dict) and below and depth < _DEPTH and tree.get(key, {}) is not None:
            _add_keys(tree.setdefault(key, {}), below, depth + 1)
        elif below in (None, {}):
            tree.setdefault(key, {})
        else:
            tree[key] = None


def _paths(tree: Mapping[str, Any], prefix: str, notes: list[str]) -> Iterable[str]:
    unusable = _unusable(list(tree)) | {name for name in tree if "." in name}
    notes.extend(f"left out, as no path can name it: {prefix}{name}" for name in sorted(unusable))
    for name, below in tree.items():
        if name not in unusable:
            yield from _paths(below, f"{prefix}{name}.", notes) if below else [f"{prefix}{name}"]
