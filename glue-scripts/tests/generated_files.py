"""Generated malformed files, and the rows that Python's csv and json read from them."""

import csv
import io
import json
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

Row = tuple[str | None, ...]


@dataclass
class Read:
    """The content of a file: rows, and texts that are malformed."""

    rows: list[Row] = field(default_factory=list)
    malformed: list[str] = field(default_factory=list)


_PLAIN = ["x", "1", "", "ä", "say it", "5\u00a0m", "0", " y"]
_QUOTED = ['"q"', '"a,b"', '"a ""b"""', '""', '"""c"', '" z"']
_STRAY = ['5" disk', 'say "hi"', 'b"']
_OPEN = ['"open', '"a,', '"""']
_ENDS = ["\n", "\r\n", "\r"]


def csv_text(random: Random, opens: bool) -> str:
    """A header of two columns and some lines; with `opens`, some of them end within quotes."""
    pieces = _PLAIN * 3 + _QUOTED * 2 + _STRAY + (_OPEN if opens else [])
    lines = ["a,b"]
    for _ in range(random.randint(0, 7)):
        count = random.choice([2, 2, 2, 2, 2, 1, 3])
        blank = random.random() < 0.15
        lines.append(random.choice(["", "  ", "\t"]) if blank else ",".join(random.choices(pieces, k=count)))
    end = random.choice(_ENDS)
    return end.join(lines) + random.choice(["", end, end + end])


def _scanned(text: str) -> tuple[bool, bool]:
    """Whether a text ends within quotes; and whether characters follow a closing quote, where parsers differ."""
    state, stray = "start", False
    for character in text:
        if state == "quoted":
            state = "closed" if character == '"' else "quoted"
        elif character == '"' and state in ("start", "closed"):
            state = "quoted"
        elif character in ",\r\n":
            state = "start"
        else:
            stray |= state == "closed"
            state = "plain"
    return state == "quoted", stray


def is_decidable(text: str) -> bool:
    """Whether all parsers agree on the values of a text over lines, or of each of its lines."""
    return not _scanned(text)[1] and not any(_scanned(line)[1] for line in re.split("\r\n|\r|\n", text))


def _row(fields: list[str]) -> Row:
    return tuple(value or None for value in fields)


def read_lines(text: str) -> Read:
    """Reads a row per line, without the header and blank lines."""
    lines = [line for line in re.split("\r\n|\r|\n", text) if line.strip()][1:]
    broken = [False] * len(lines)
    open_lines: list[int] = []
    for place, line in enumerate(lines):
        if _scanned(line)[0]:
            broken[place], open_lines = True, [place]
        elif line.count('"') % 2 and open_lines:
            for each in [*open_lines, place]:
                broken[each] = True
            open_lines = []
        elif line.count('"') % 2:
            open_lines = []
        elif open_lines:
            open_lines.append(place)
    read = Read()
    for line, is_broken in zip(lines, broken, strict=True):
        fields = next(csv.reader([line]))
        if is_broken or len(fields) != 2:
            read.malformed.append(line)
        else:
            read.rows.append(_row(fields))
    return read


def read_over_lines(text: str) -> Read:
    """Reads rows whose texts may contain line breaks; the last one is malformed if a quote stays open."""
    records = list(csv.reader(io.StringIO(text, newline="")))
    # a blank line has no field or white space; a line of quotes is a row
    rows = [fields for fields in records if len(fields) > 1 or fields == [""] or "".join(fields).strip()][1:]
    unclosed = _scanned(text)[0]
    read = Read()
    for place, fields in enumerate(rows):
        if len(fields) == 2 and not (unclosed and place == len(rows) - 1):
            read.rows.append(_row(fields))
        else:
            read.malformed.append("")
    return read


_NUMBERS = ["0", "-1", "1.50", "1e3", "-0.10E-7", "12345678901234567890.123456789012345678", "1E+400"]
_TEXTS = ["a", "", "} {", "]\n[", 'say "1, 2"', "\\", "ä\u20ac", "007", ": -5,", "\t", "null"]
_SPACE = ["", " ", "\n", " \n\t"]
_DAMAGE = [" x", "}", "]", ",", '"', " 5 6", " {", "{'id': 1}", " [1", "tru"]


class Number(str):
    """A number as it is written."""


def _value(random: Random, depth: int = 2) -> str:
    kind = random.choice("nnttbwoa" if depth else "nntt")
    if kind == "n":
        return random.choice(_NUMBERS)
    if kind == "t":
        return json.dumps(random.choice(_TEXTS), ensure_ascii=random.random() < 0.5)
    if kind in "bw":
        return random.choice(["true", "false", "null"])
    if kind == "o":
        return json_object(random, depth - 1)
    return "[" + ",".join(_value(random, depth - 1) for _ in range(random.randint(0, 3))) + "]"


def json_object(random: Random, depth: int = 2) -> str:
    """An object with some of the names id, text and others, rarely with a repeated name."""
    names = random.sample(["id", "text", "x", "y z"], random.randint(0, 4))
    names += random.choices(names, k=1) if names and random.random() < 0.1 else []
    space = random.choice(_SPACE[:2] if depth < 2 else _SPACE)
    fields = (f"{space}{json.dumps(name)}:{space}{_value(random, depth)}" for name in names)
    return "{" + f"{space},".join(fields) + space + "}"


def json_text(random: Random) -> str:
    """Objects one after another, some of them in arrays, some with other values; one in five files is damaged."""
    parts = []
    for _ in range(random.randint(0, 4)):
        elements = [
            json_object(random) if random.random() < 0.9 else random.choice(["5", "null", '"t"'])
            for _ in range(random.randint(0, 3))
        ]
        parts.append(
            "[" + random.choice([",", " , ", ",\n"]).join(elements) + "]"
            if random.random() < 0.5
            else json_object(random)
        )
    text = random.choice(_SPACE).join(parts)
    return text + random.choice(_DAMAGE) if random.random() < 0.2 else text


def json_lines(random: Random) -> str:
    """An object per line, some with text after them, some in arrays."""
    lines = []
    for _ in range(random.randint(0, 6)):
        line = json_object(random) if random.random() < 0.8 else f"[{json_object(random)},{json_object(random)}]"
        damage = random.choice([*_DAMAGE, json_object(random)]) if random.random() < 0.2 else ""
        lines.append(re.sub(r"[\n\t]", " ", line + damage))
    return "\n".join(lines)


class _Pairs(list[tuple[str, Any]]):
    """An object with all its names, including repeated ones."""


_DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=Number, object_pairs_hook=_Pairs)


def values(text: str) -> list[Any] | None:
    """The objects and arrays that follow one another in a text; None if the text has anything else."""
    found = []
    rest = text.strip(" \n\r\t")
    while rest:
        try:
            value, end = _DECODER.raw_decode(rest)
        except ValueError:
            return None
        found.append(value)
        rest = rest[end:].lstrip(" \n\r\t")
    # values that are no objects or arrays cannot be separated without ambiguity
    return found if len(found) == 1 or all(isinstance(value, list) for value in found) else None


def read_json(text: str) -> Read:
    """A row for each object of a file; one for all of it if it is no JSON."""
    if not text.strip():
        return Read()
    found = values(text)
    return _read([text] if found is None else [each for value in found for each in _elements(value)])


def read_json_lines(text: str) -> Read:
    """A row for each object of a line."""
    read = Read()
    for line in filter(str.strip, text.split("\n")):
        found = values(line)
        one = _read(_elements(found[0]) if found and len(found) == 1 else [line])
        read.rows += one.rows
        read.malformed += one.malformed
    return read


def _elements(value: Any) -> list[Any]:
    return [value] if isinstance(value, _Pairs) or not isinstance(value, list) else value


def _read(elements: list[Any]) -> Read:
    read = Read()
    for element in elements:
        names = [name for name, _ in element] if isinstance(element, _Pairs) else ["id", "id"]
        if any(names.count(name) > 1 for name in ("id", "text")):
            read.malformed.append("")
        else:
            read.rows.append(tuple(_text(dict(element).get(name)) for name in ("id", "text")))
    return read


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else canonical(_compact(value))


def _compact(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, _Pairs):
        return "{" + ",".join(f"{json.dumps(name)}:{_compact(each)}" for name, each in value) + "}"
    return "[" + ",".join(map(_compact, value)) + "]" if isinstance(value, list) else json.dumps(value)


def canonical(text: str | None) -> str | None:
    """A JSON object or array in a canonical form; any other text unchanged."""
    if not text or text[0] not in "[{" or (found := values(text)) is None or len(found) != 1:
        return text
    return _compact(found[0])
