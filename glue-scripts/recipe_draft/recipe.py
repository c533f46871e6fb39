"""Writes a draft as a recipe and as a profile."""

from collections.abc import Mapping, Sequence
from typing import Any

from recipe_draft.draft import Draft, Drafted

_WIDTH = 30
_LONGEST_ALLOWED = 60


def recipe(draft: Draft, name: str, schema: str) -> dict[str, Any]:
    """The recipe as a JSON document; `schema` is the path to its schema, relative to its file."""
    rules: list[Mapping[str, Any]] = [{"rowCount": {"min": 1}}] if draft.rows else []
    if draft.key:
        rules.append({"uniqueness": {"columns": list(draft.key)}})
    return {
        "$schema": schema,
        "name": name,
        "sources": {name: {"format": dict(draft.form), "columns": [_column(draft, each) for each in draft.columns]}},
        "dataset": {"from": name},
        **({"quality": rules} if rules else {}),
    }


def _column(draft: Draft, column: Drafted) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name}
    if column.origin != column.name:
        found["from"] = column.origin
    found |= {"type": column.candidate.type, **column.candidate.rules}
    if draft.rows and column.values == draft.rows:
        found["required"] = True
    if column.allowed and max(map(len, column.allowed)) <= _LONGEST_ALLOWED:
        found["allowed"] = list(column.allowed)
    return found


def profile(draft: Draft) -> str:
    """A table with a line for each column."""
    lines = [("column", "type", "without value", "distinct", "least", "greatest", "samples")]
    lines.extend(_profiled(draft, column) for column in draft.columns)
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]) - 1)]
    table = "\n".join("  ".join([*map(str.ljust, line, widths), line[-1]]).rstrip() for line in lines)
    return f"{draft.rows:,} rows\n\n{table}\n" + "".join(f"\nnote: {note}" for note in draft.notes)


def _profiled(draft: Draft, column: Drafted) -> Sequence[str]:
    kind = " ".join([column.candidate.type, *map(str, column.candidate.rules.values())])
    missing = 1 - column.values / draft.rows if draft.rows else 0
    shown = [_short(text) for text in (column.name, kind)]
    bounds = [_short(column.least), _short(column.greatest)]
    return (*shown, f"{missing:.1%}", f"{column.distinct:,}", *bounds, ", ".join(map(_short, column.samples)))


def _short(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return printable if len(printable) <= _WIDTH else printable[: _WIDTH - 3] + "..."
