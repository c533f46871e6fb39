"""The differences between an outcome and the expectation of a case, by row and column."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recipe_cases.answers import END_KEYS, Answer
from recipe_cases.outcome import Outcome

_MAX_LINES = 20
Row = tuple[str, ...]


def differences(answers: Sequence[Answer], found: Outcome) -> list[str]:
    """The differences from the first answer, unless the outcome equals one of the answers."""
    each = [list(_differences(answer, found)) for answer in answers]
    if not all(each):
        return []
    more = len(each[0]) - _MAX_LINES
    return each[0][:_MAX_LINES] + ([f"and {more} more differences"] if more > 0 else [])


def _differences(answer: Answer, found: Outcome) -> Iterator[str]:
    end = next((key for key in END_KEYS if getattr(found, key)), None)
    wanted = next((key for key in END_KEYS if key in answer), None)
    if wanted and wanted != end:
        yield f"{wanted}: expected '{answer[wanted]}', found {_summary(found)}"
    elif wanted and not re.search(answer[wanted], getattr(found, wanted)):
        yield f"{wanted}: expected '{answer[wanted]}', found '{getattr(found, wanted)}'"
    elif end and not wanted:
        yield f"{end}: {getattr(found, end)}"
    elif not end:
        for key, compare in _COMPARED.items():
            if key in answer:
                yield from compare(answer[key], found)


def _summary(found: Outcome) -> str:
    for end in END_KEYS:
        if getattr(found, end):
            return f"{end}: {getattr(found, end)}"
    return f"{len(found.rows)} rows, {len(found.quarantined)} quarantined, verdict {found.verdict}"


def _rows(wanted: list[Any], found: Outcome) -> Iterator[str]:
    columns = _columns(wanted, found)
    unknown = [name for name in columns if name not in found.columns]
    if unknown:
        yield f"rows: no column {', '.join(unknown)} in output.csv; its columns are {', '.join(found.columns)}"
        return
    for place, row in enumerate(wanted, 1):
        if len(row) != len(columns) and not isinstance(row, Mapping):
            yield f"row {place}: expected {len(row)} values, found {len(columns)} columns: {', '.join(columns)}"
            return
    expected = [tuple(row.get(name, "") for name in columns) if isinstance(row, Mapping) else tuple(row)
                for row in wanted]  # fmt: skip
    places = [found.columns.index(name) for name in columns]
    yield from _unlike("row", columns, expected, [tuple(row[place] for place in places) for row in found.rows])


def _columns(wanted: list[Any], found: Outcome) -> list[str]:
    """The names in the expected objects; expected lists have all columns."""
    if wanted and isinstance(wanted[0], Mapping):
        return list(dict.fromkeys(name for row in wanted for name in row))
    return list(found.columns)


def _unlike(what: str, columns: Sequence[str], expected: list[Row], found: list[Row]) -> Iterator[str]:
    """Rows that are on one side only; for a similar row on the other side, the values that differ."""
    left = Counter(found)
    missing = []
    for place, row in enumerate(expected, 1):
        if left[row]:
            left[row] -= 1
        else:
            missing.append((place, row))
    extra = list(left.elements())
    for place, row in missing:
        like = max(extra, key=lambda other: _alike(row, other), default=None)
        if like is None or not _alike(row, like):
            yield f"{what} {place}: not found: {_shown(columns, row)}"
            continue
        extra.remove(like)
        for name, value, other in zip(columns, row, like, strict=True):
            if value != other:
                yield f"{what} {place}, column {name}: expected '{value}', found '{other}'"
    for row in extra:
        yield f"{what} not expected: {_shown(columns, row)}"


def _alike(row: Row, other: Row) -> int:
    return sum(value == there for value, there in zip(row, other, strict=True))


def _shown(columns: Sequence[str], row: Row) -> str:
    return ", ".join(f"{name} '{value}'" for name, value in zip(columns, row, strict=True))


def _quarantined(wanted: list[list[str]], found: Outcome) -> Iterator[str]:
    expected = Counter(tuple(sorted(row)) for row in wanted)
    there = Counter(found.quarantined)
    for reasons in (expected - there).elements():
        yield f"quarantined: not found: {'; '.join(reasons)}"
    for reasons in (there - expected).elements():
        yield f"quarantined: not expected: {'; '.join(reasons)}"


def _verdict(wanted: str, found: Outcome) -> Iterator[str]:
    if wanted != found.verdict:
        yield f"verdict: expected {wanted}, found {found.verdict}"


def _warnings(wanted: list[str] | bool, found: Outcome) -> Iterator[str]:
    if wanted is True:
        if not found.warnings:
            yield "warnings: expected at least one, found none"
        return
    left = list(found.warnings)
    for text in wanted or []:
        fits = next((warning for warning in left if text == warning or re.search(text, warning)), None)
        if fits is None:
            yield f"warnings: not found: {text}"
        else:
            left.remove(fits)
    yield from (f"warnings: not expected: {warning}" for warning in left)


_COMPARED = {"rows": _rows, "quarantined": _quarantined, "verdict": _verdict, "warnings": _warnings}
