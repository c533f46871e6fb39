"""Schema drift of a source: columns that are new, missing, or of another type than in the recipe."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from dataprep.failures import SourceError
from dataprep.recipe import Column, Drift, Source
from dataprep.texts import Files

_NAMES_LISTED = 20
_NAME_CHARACTERS = 60


@dataclass(frozen=True)
class Taken:
    """A source with the columns to read, and warnings for the report."""

    source: Source
    warnings: tuple[str, ...]


def take(source: Source, files: Files, drift: Drift, reserved: Collection[str] | None) -> Taken:
    """Selects the columns to read by the recipe's settings for drift; raises SourceError.

    New columns become part of the data set under names that are not `reserved`. It is None for a source whose new
    columns do not.
    """
    missing = [column for column in source.columns if not files.has(column.origin)]
    found = None if missing and _may_be_values(source) else files.names
    retyped = [column for column in source.columns if column not in missing and files.is_retyped(column)]
    new = _new(source, found or []) if drift.new != "ignore" else []
    warnings: list[str] = []
    for wanted, message in (
        (drift.missing, _missing([column.origin for column in missing], found) if missing else ""),
        (drift.retyped, f"columns of another type: {listed([column.origin for column in retyped])}" if retyped else ""),
        (drift.new, f"new columns: {listed(new)}" if new else ""),
    ):
        if message and wanted == "fail":
            raise SourceError(f"source {source.name}: {message}")
        if message and wanted == "warn":
            warnings.append(f"source {source.name}: {message}")
    if drift.new == "evolve" and reserved is not None:
        source = replace(source, columns=(*source.columns, *_added(source, new, reserved)))
    columns = tuple(_without_format(column) if files.is_temporal(column) else column for column in source.columns)
    return Taken(replace(source, columns=columns), tuple(warnings))


def _may_be_values(source: Source) -> bool:
    """Whether the names of a header that lacks columns are not shown: they may be the values of a first row."""
    return source.is_sensitive and source.format["type"] == "csv" and source.format.get("header", True)


def _without_format(column: Column) -> Column:
    """A format is for texts; values of date and timestamp types are converted to texts of ISO 8601."""
    return replace(column, rules={rule: what for rule, what in column.rules.items() if rule != "format"})


def _missing(missing: list[str], found: list[str] | None) -> str:
    """Names the missing columns and those that the source has, the nearest name first."""
    nearest = sorted(found or [], key=lambda name: -max(_similarity(name, each) for each in missing))
    names = ", ".join(f"'{name[:_NAME_CHARACTERS]}'" for name in missing[:_NAMES_LISTED])
    more = f" and {len(missing) - _NAMES_LISTED:,} more" if len(missing) > _NAMES_LISTED else ""
    has = "the header is not shown: it may have values of sensitive columns"
    if found is not None:
        has = f"the source has: {listed(nearest)}"
    return f"no column{'s' if len(missing) > 1 else ''} {names}{more}; {has}"


def _similarity(name: str, other: str) -> float:
    return SequenceMatcher(None, name[:_NAME_CHARACTERS].lower(), other[:_NAME_CHARACTERS].lower()).ratio()


def listed(names: list[str]) -> str:
    """The names as a text of bounded length."""
    shown = ", ".join(name[:_NAME_CHARACTERS] for name in names[:_NAMES_LISTED])
    more = len(names) - _NAMES_LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown or "none"


def _new(source: Source, names: list[str]) -> list[str]:
    known = {column.origin for column in source.columns} | {column.origin.split(".")[0] for column in source.columns}
    return [name for name in names if name not in known and name not in source.ignored]


def _added(source: Source, new: list[str], reserved: Collection[str]) -> list[Column]:
    """The new columns as strings, with names that a data set may have.

    A name does not depend on other new columns: it must be the same in every run, as runs are merged by name.
    """
    taken = {column.name for column in source.columns} | set(reserved)
    added: dict[str, str] = {}
    for origin in new:
        plain = re.sub(r"[^a-z0-9_]+", "_", origin.lower()).strip("_")
        name = plain if plain[:1].isalpha() else f"column_{plain}"
        while name in taken:
            name += "_2"
        if name in added:
            raise SourceError(
                f"source {source.name}: new columns {added[name]!r} and {origin!r}: both would be named {name}; "
                "list them in the source's columns, or in ignored"
            )
        added[name] = origin
    return [Column(name, origin, "string", {}) for name, origin in added.items()]
