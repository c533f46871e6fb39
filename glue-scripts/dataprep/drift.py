"""Columns of a source that are not those that the recipe knows: new, missing, or of another type."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from dataprep.failures import SourceError
from dataprep.recipe import Column, Drift, Source
from dataprep.texts import Files

_NAMES_LISTED = 20
_NAME_CHARACTERS = 60


@dataclass(frozen=True)
class Taken:
    """A source with the columns that are taken of it, and what is to be reported."""

    source: Source
    warnings: tuple[str, ...]


def take(source: Source, files: Files, drift: Drift, reserved: Collection[str] | None) -> Taken:
    """Takes the recipe's columns by what `drift` says of others.

    New ones become part of the data set under names that are not `reserved`; None is for a source whose columns do
    not. Raises SourceError.
    """
    missing = [column for column in source.columns if not files.has(column.origin)]
    retyped = [column for column in source.columns if column not in missing and files.is_retyped(column)]
    new = _new(source, files.names) if drift.new != "ignore" else []
    warnings: list[str] = []
    if missing:
        found = listed(files.names)
        _handle(drift.missing, [column.origin for column in missing], source, f"missing of {found}", warnings)
    _handle(drift.retyped, [column.origin for column in retyped], source, "of another type", warnings)
    _handle(drift.new, new, source, "new", warnings)
    if drift.new == "evolve" and reserved is not None:
        source = replace(source, columns=(*source.columns, *_added(source, new, reserved)))
    columns = tuple(_without_format(column) if files.is_temporal(column) else column for column in source.columns)
    return Taken(replace(source, columns=columns), tuple(warnings))


def _without_format(column: Column) -> Column:
    """A format is for texts; what is no text is given in that of ISO 8601."""
    return replace(column, rules={rule: what for rule, what in column.rules.items() if rule != "format"})


def _handle(wanted: str, columns: list[str], source: Source, what: str, warnings: list[str]) -> None:
    if not columns:
        return
    text = f"source {source.name}: columns {what}: {listed(columns)}"
    if wanted == "fail":
        raise SourceError(text)
    if wanted == "warn":
        warnings.append(text)


def listed(names: list[str]) -> str:
    """A text that stays short, whatever a source holds."""
    shown = ", ".join(name[:_NAME_CHARACTERS] for name in names[:_NAMES_LISTED])
    more = len(names) - _NAMES_LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown or "none"


def _new(source: Source, names: list[str]) -> list[str]:
    known = {column.origin for column in source.columns} | {column.origin.split(".")[0] for column in source.columns}
    return [name for name in names if name not in known and name not in source.ignored]


def _added(source: Source, new: list[str], reserved: Collection[str]) -> list[Column]:
    """The new columns as texts, by names that a data set may have and that depend on no other new column.

    A name is the same in every run, or rows of several runs would hold different things in one column.
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
                "must be in the source's columns, or ignored"
            )
        added[name] = origin
    return [Column(name, origin, "string", {}) for name, origin in added.items()]
