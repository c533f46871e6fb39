"""Drafts a recipe for one source; every rule in it holds for all rows, by the job's own code."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from dataprep.failures import SourceError
from recipe_cases.session import uri
from recipe_draft import candidates, files, layout, parquet
from recipe_draft.candidates import CERTAIN_MARKERS, MARKERS, STRING, Candidate
from recipe_draft.files import NoData
from recipe_draft.layout import Layout
from recipe_draft.trial import Data

_MAX_ALLOWED = 12
_KEY_NAME = re.compile(r"(^|_)(id|key|code|number|no|uuid)$")
_NUMBERS = ("integer", "long")
_KEY_TYPES = (*_NUMBERS, "string", "date", "timestamp")
_MAX_KEY_PARTS = 8
_MAX_TRIED = 5
# the relative error of an estimate of distinct values
_ERROR = 0.1
_AT_ONCE = 25
# for more rows, the number of distinct values is estimated
_MAX_EXACT = 200_000


@dataclass(frozen=True)
class Drafted:
    """A column of the draft: its type and its profile."""

    name: str
    origin: str
    candidate: Candidate
    values: int
    distinct: int
    least: str
    greatest: str
    samples: tuple[str, ...]
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The facts about a source from which its recipe is made."""

    form: Mapping[str, Any]
    rows: int
    columns: tuple[Drafted, ...]
    key: tuple[str, ...]
    notes: tuple[str, ...]


def of(spark: SparkSession, source: Path) -> Draft:
    """Analyzes a file or folder; raises NoData if no recipe can be drafted."""
    source = source.resolve()
    found = files.of(source)
    seen, declared = layout.of(found), {}
    if seen is None:
        seen, declared = parquet.layout_of(spark, found)
    data, samples = _best(spark, source, seen)
    proposed = {
        name: [*([declared[name]] if name in declared else []), *candidates.of(samples[name])] for name in seen.names
    }
    holding = data.fitting_types(proposed)
    notes = list(seen.notes)
    chosen = {name: _chosen(name, types, notes) for name, (types, _) in holding.items()}
    used = {mark for name, (_, marks) in holding.items() for mark in marks
            if chosen[name] is not STRING or mark in CERTAIN_MARKERS}  # fmt: skip
    form = {**data.form, **({"nullValues": [mark for mark in MARKERS if mark in used]} if used else {})}
    shown = {name: [text for text in texts if text not in used] for name, texts in samples.items()}
    return _measured(replace(data, form=form), chosen, shown, tuple(notes))


def _best(spark: SparkSession, source: Path, seen: Layout) -> tuple[Data, dict[str, list[str]]]:
    """The first format without quarantined rows, or the one with the fewest; and a sample of texts."""
    best: tuple[int, Data, dict[str, list[str]]] | None = None
    errors: list[SourceError] = []
    for form in seen.formats:
        data = Data(spark, uri(source), form)
        try:
            quarantined, texts = data.texts(seen.names)
        except SourceError as error:
            errors.append(error)
            continue
        if best is None or quarantined < best[0]:
            best = (quarantined, data, texts)
        if not quarantined:
            break
    if best is None:
        raise NoData(f"{source}: cannot be read: {errors[0]}")
    return best[1], best[2]


def _chosen(name: str, types: Sequence[Candidate], notes: list[str]) -> Candidate:
    """The likeliest type, or string if two types would read the values differently."""
    if not types:
        return STRING
    formats = [candidate.rules["format"] for candidate in types if "format" in candidate.rules]
    if "format" in types[0].rules and len(formats) > 1:
        notes.append(f"{name} is taken as text: all its values are of the formats {' and '.join(formats)}; choose one")
        return STRING
    return types[0]


def _measured(
    data: Data, chosen: Mapping[str, Candidate], samples: Mapping[str, Sequence[str]], notes: tuple[str, ...]
) -> Draft:
    names = _names(list(chosen))
    columns: list[Drafted] = []
    total = 0
    items = list(chosen.items())
    for start in range(0, len(items), _AT_ONCE):
        part = items[start : start + _AT_ONCE]
        with data.typed(part) as rows:
            total = rows.count()
            exact = total <= _MAX_EXACT
            asked = [question for place in range(len(part)) for question in _questions(f"c{place}", place, exact)]
            found = rows.agg(*asked).collect()[0]
            for place, (origin, candidate) in enumerate(part):
                column = _drafted(names[origin], origin, candidate, found, place, samples[origin])
                if candidate is STRING and 2 <= column.distinct <= min(_MAX_ALLOWED, column.values // 5):
                    texts = rows.select(f"c{place}").distinct().dropna().collect()
                    column = replace(column, allowed=tuple(sorted(text[0] for text in texts)))
                columns.append(column)
    key = _key(data, total, columns)
    return Draft(data.form, total, tuple(columns), key, notes)


def _questions(name: str, place: int, exact: bool) -> list[Any]:
    column = F.col(name)
    # count_distinct of many columns in one query would expand every row once per column
    distinct = F.size(F.collect_set(column)) if exact else F.approx_count_distinct(column)
    return [
        F.count(column).alias(f"values{place}"),
        distinct.alias(f"distinct{place}"),
        F.min(column).cast("string").alias(f"least{place}"),
        F.max(column).cast("string").alias(f"greatest{place}"),
    ]


def _drafted(name: str, origin: str, candidate: Candidate, found: Any, place: int, samples: Sequence[str]) -> Drafted:
    return Drafted(
        name,
        origin,
        candidate,
        found[f"values{place}"],
        found[f"distinct{place}"],
        found[f"least{place}"] or "",
        found[f"greatest{place}"] or "",
        tuple(dict.fromkeys(samples))[:5],
    )


def _names(origins: Sequence[str]) -> dict[str, str]:
    """A unique name in the data set for each column of the source."""
    found: dict[str, str] = {}
    for place, origin in enumerate(origins, 1):
        plain = re.sub(r"[^a-z0-9_]+", "_", origin.lower()).strip("_")[:100]
        name = plain if plain[:1].isascii() and plain[:1].isalpha() else f"column_{plain or place}"
        while name in found.values():
            name += "_2"
        found[origin] = name
    return found


def _key(data: Data, rows: int, columns: Sequence[Drafted]) -> tuple[str, ...]:
    """The columns of a unique key: one that is named like a key, or the first one or two that are unique."""
    full = [column for column in columns if column.values == rows > 1 and column.candidate.type in _KEY_TYPES]
    single = [column for column in full if column.distinct * (1 + _ERROR) >= rows]
    named = [column for column in single if _KEY_NAME.search(column.name)]
    # a number that is unique may be a measure, unless it is in the first column
    codes = [column for column in single if column.candidate.type not in _NUMBERS or column is columns[0]]
    parts = [column for column in full if column.distinct > 1][:_MAX_KEY_PARTS]
    pairs = [pair for pair in combinations(parts, 2) if pair[0].distinct * pair[1].distinct >= rows]
    likely: list[tuple[Drafted, ...]] = [
        *((column,) for column in [*named, *codes][:_MAX_TRIED]),
        *pairs[:_MAX_TRIED],
        *((column,) for column in single[:_MAX_TRIED]),
    ]
    if not likely:
        return ()
    used = [column for column in full if any(column in key for key in likely)]
    with data.typed([(column.origin, column.candidate) for column in used]) as typed:
        for key in likely:
            names = [f"c{used.index(column)}" for column in key]
            if typed.select(*names).distinct().count() == rows:
                return tuple(column.name for column in key)
    return ()
