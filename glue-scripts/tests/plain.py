"""A second implementation of recipes, in plain Python, row by row.

It supports the column rules and the steps that test_properties.py generates; expressions are functions.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
_BOOLEANS = {
    **dict.fromkeys(("t", "true", "y", "yes", "1"), True),
    **dict.fromkeys(("f", "false", "n", "no", "0"), False),
}


@dataclass
class Result:
    """Published rows, number and reasons of each quarantined row, and the number of rows that each step removed."""

    rows: list[Row] = field(default_factory=list)
    quarantine: list[tuple[int | None, tuple[str, ...]]] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    read: dict[str, int] = field(default_factory=dict)


def evaluate(
    recipe: Mapping[str, Any], tables: Mapping[str, list[list[str]]], expressions: Mapping[str, Callable[[Row], Any]]
) -> Result:
    """`tables` has each source's rows of texts, in the order of the recipe's columns."""
    result = Result()
    valid = {name: _checked(name, source, tables[name], result) for name, source in recipe["sources"].items()}
    rows = valid[recipe["dataset"]["from"]]
    for step in recipe["dataset"]["steps"]:
        ((kind, what),) = step.items()
        before = len(rows)
        rows = _STEPS[kind](rows, what, valid, expressions)
        result.taken[kind] += before - len(rows)
    result.rows = _accepted(rows, recipe.get("quality", []), result)
    return result


def _checked(name: str, source: Mapping[str, Any], texts: list[list[str]], result: Result) -> list[Row]:
    columns, nulls = source["columns"], {"", *source["format"].get("nullValues", [])}
    result.read[name] = len(texts)
    rows = [[_value(column, nulls, text) for column, text in zip(columns, row, strict=False)] for row in texts]
    found = [
        [f"{name}: malformed row"]
        if len(row) != len(columns)
        else [
            f"{name}.{column['name']}: {rule}"
            for column, (_, broken) in zip(columns, row, strict=True)
            for rule in broken
        ]
        for row in rows
    ]
    for place, column in enumerate(columns):
        if column.get("unique"):
            whole = [row for row in rows if len(row) == len(columns)]
            often = Counter(row[place][0] for row in whole if row[place][0] is not None)
            for row, reasons in zip(rows, found, strict=True):
                if len(row) == len(columns) and often[row[place][0]] > 1:
                    reasons.append(f"{name}.{column['name']}: not unique")
    result.quarantine.extend((number, tuple(reasons)) for number, reasons in enumerate(found, 1) if reasons)
    names = [column["name"] for column in columns]
    return [
        dict(zip(names, (value for value, _ in row), strict=True))
        for row, reasons in zip(rows, found, strict=True)
        if not reasons
    ]


def _value(column: Mapping[str, Any], nulls: set[str], given: str) -> tuple[Any, list[str]]:
    text: str | None = given.strip(" ") if column.get("trim", True) else given
    text = None if text in nulls else text
    for change in column.get("replace", []) if text is not None else []:
        text = re.sub(change["pattern"], change["with"], str(text))
    if text and "case" in column:
        text = text.lower() if column["case"] == "lower" else text.upper()
    text = text or None
    if text is None and "default" in column:
        default = column["default"]
        text = str(default).lower() if isinstance(default, bool) else str(default)
    if text is None:
        return None, ["required"] if column.get("required") else []
    value = _typed(column["type"], text)
    if value is None:
        return None, [f"not of type {column['type']}", *_broken_texts(column, text)]
    return value, [*_not_allowed(column, value), *_broken_texts(column, text, value)]


def _not_allowed(column: Mapping[str, Any], value: Any) -> list[str]:
    return ["not an allowed value"] if "allowed" in column and value not in column["allowed"] else []


def _broken_texts(column: Mapping[str, Any], text: str, value: Any = None) -> list[str]:
    broken = []
    if "pattern" in column and not re.fullmatch(column["pattern"], text):
        broken.append("does not match the pattern")
    bounds = column.get("range", {})
    if value is not None and "min" in bounds and value < bounds["min"]:
        broken.append(f"less than {bounds['min']}")
    if value is not None and "max" in bounds and value > bounds["max"]:
        broken.append(f"more than {bounds['max']}")
    sizes = column.get("length", {})
    if "min" in sizes and len(text) < sizes["min"]:
        broken.append(f"shorter than {sizes['min']}")
    if "max" in sizes and len(text) > sizes["max"]:
        broken.append(f"longer than {sizes['max']}")
    return broken


def _typed(kind: str, text: str) -> Any:
    if kind == "string":
        return text
    if kind == "boolean":
        return _BOOLEANS.get(text.lower())
    if kind == "integer":
        whole = re.fullmatch(r"([+-]?[0-9]+)(\.0*)?", text)
        return int(whole[1]) if whole and -(2**31) <= int(whole[1]) < 2**31 else None
    if kind == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    number = Decimal(text) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?", text) else None
    fits = number is not None and abs(number) < 10_000 and number == round(number, 2)
    return number if fits else None


def _order(row: Row, names: list[str]) -> list[Any]:
    return [(row[name] is not None, row[name] if row[name] is not None else 0) for name in names]


def _dedupe(rows: list[Row], what: Any, _: Any, __: Any) -> list[Row]:
    first = what.get("orderBy", [])
    kept: dict[Any, Row] = {}
    pick = max if what.get("keep") == "last" else min
    for row in rows:
        names = [*first, *(name for name in row if name not in first)]
        key = tuple(row[name] for name in what["by"])
        kept[key] = pick((kept.get(key, row), row), key=lambda each, names=names: _order(each, names))
    return list(kept.values())


def _derive(rows: list[Row], what: Any, _: Any, expressions: Any) -> list[Row]:
    return [{**row, **{column["name"]: expressions[column["expression"]](row) for column in what}} for row in rows]


def _join(rows: list[Row], what: Any, valid: Any, _: Any) -> list[Row]:
    others = {tuple(other[theirs] for theirs in what["on"].values()): other for other in valid[what["source"]]}
    joined = []
    for row in rows:
        key = tuple(row[ours] for ours in what["on"])
        other = None if None in key else others.get(key)
        if what["type"] == "left" or (what["type"] == "inner") == (other is not None):
            added = {} if what["type"] == "anti" else what.get("columns", {})
            joined.append({**row, **{name: other and other[theirs] for name, theirs in added.items()}})
    return joined


def _aggregate(rows: list[Row], what: Any, _: Any, expressions: Any) -> list[Row]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in what["by"]), []).append(row)
    return [
        {
            **dict(zip(what["by"], key, strict=True)),
            **{measure["name"]: expressions[measure["expression"]](group) for measure in what["measures"]},
        }
        for key, group in groups.items()
    ]


_STEPS: Mapping[str, Callable[[list[Row], Any, Any, Any], list[Row]]] = {
    "filter": lambda rows, what, _, expressions: [row for row in rows if expressions[what](row)],
    "dedupe": _dedupe,
    "derive": _derive,
    "join": _join,
    "aggregate": _aggregate,
    "select": lambda rows, what, _, __: [{name: row[name] for name in what} for row in rows],
}


def _accepted(rows: list[Row], rules: list[Any], result: Result) -> list[Row]:
    found: list[list[str]] = [[] for _ in rows]
    for rule in rules:
        if "completeness" in rule:
            column = rule["completeness"]["column"]
            broken = [row[column] is None for row in rows]
        else:
            (column,) = rule["uniqueness"]["columns"]
            often = Counter(row[column] for row in rows)
            broken = [row[column] is not None and often[row[column]] > 1 for row in rows]
        for reasons, is_broken in zip(found, broken, strict=True):
            if is_broken:
                reasons.append(f"data set.{column}: {rule['name']}")
    result.quarantine.extend((None, tuple(reasons)) for reasons in found if reasons)
    return [row for row, reasons in zip(rows, found, strict=True) if not reasons]
