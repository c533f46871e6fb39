"""Reads and casts a source with the job's own code, with several types for each column at once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import settings, sources
from dataprep.names import MALFORMED, QUARANTINE
from dataprep.recipe import Column, Drift, Source
from recipe_draft.candidates import MARKERS, STRING, Candidate

_AT_ONCE = 60
_TEXTS_AT_ONCE = 200
_SHOWN = 200
_CHARACTERS = 100


@dataclass(frozen=True)
class Data:
    """A source's files and how they are read."""

    spark: SparkSession
    uri: str
    form: Mapping[str, Any]

    def texts(self, names: Sequence[str]) -> tuple[int, dict[str, list[str]]]:
        """The number of quarantined rows if all columns are strings, and a sample of texts for each column."""
        quarantined = 0
        found: dict[str, list[str]] = {}
        for part in _parts([(name, STRING) for name in names], _TEXTS_AT_ONCE):
            with self._prepared(part) as prepared:
                quarantined = max(quarantined, prepared.counts.rows_quarantined)
                texts = [
                    F.left(F.col(f"c{place}"), F.lit(_CHARACTERS)).alias(f"c{place}") for place in range(len(part))
                ]
                rows = _readable(prepared).select(*texts)
                shown = rows.take(_SHOWN)
                for place, (name, _) in enumerate(part):
                    found[name] = [row[place] for row in shown if row[place] is not None]
                unseen = {f"c{place}": name for place, (name, _) in enumerate(part) if set(found[name]) <= set(MARKERS)}
                for name, least_and_greatest in _bounds(rows, unseen):
                    found[name].extend(least_and_greatest)
        return quarantined, found

    @contextmanager
    def typed(self, columns: Sequence[tuple[str, Candidate]]) -> Iterator[DataFrame]:
        """The rows that are not malformed, with columns c0, c1, ... for origins and types; raises SourceError."""
        with self._prepared(columns) as prepared:
            yield _readable(prepared)

    @contextmanager
    def _prepared(self, columns: Sequence[tuple[str, Candidate]]) -> Iterator[sources.PreparedSource]:
        settings.apply(self.spark)
        wanted = tuple(
            Column(f"c{place}", origin, candidate.type, {"type": candidate.type, **candidate.rules})
            for place, (origin, candidate) in enumerate(columns)
        )
        prepared = sources.prepare(self.spark, Source("draft", self.form, wanted), self.uri, Drift(), None)
        try:
            yield prepared
        finally:
            prepared.rows.unpersist()

    def fitting_types(
        self, candidates: Mapping[str, Sequence[Candidate]]
    ) -> dict[str, tuple[list[Candidate], list[str]]]:
        """For each column the types that fit all rows, and the null markers in it."""
        flat = [(name, candidate) for name, each in candidates.items() for candidate in (STRING, *each)]
        found: dict[str, tuple[list[Candidate], list[str]]] = {}
        for part in _whole_columns(flat):
            with self.typed(part) as rows:
                answer = rows.agg(*_questions(part)).collect()[0]
            for place, (name, candidate) in enumerate(part):
                if candidate is STRING:
                    found[name] = ([], answer[f"m{place}"])
                elif not answer[f"w{place}"]:
                    found[name][0].append(candidate)
        return found


def _bounds(rows: DataFrame, columns: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """For each of these columns its least and greatest text that is no null marker."""
    texts = {column: F.when(~F.col(column).isin(*MARKERS), F.col(column)) for column in columns}
    measures = [measure(text) for text in texts.values() for measure in (F.min, F.max)]
    found = rows.agg(*measures).collect()[0] if measures else ()
    for place, name in enumerate(columns.values()):
        yield name, [text for text in found[2 * place : 2 * place + 2] if text is not None]


def _readable(prepared: sources.PreparedSource) -> DataFrame:
    return prepared.rows.filter(F.col(f"{QUARANTINE}.{MALFORMED}").isNull())


def _questions(part: Sequence[tuple[str, Candidate]]) -> Iterator[Any]:
    """The number of invalid values for each type, and the null markers among a column's texts."""
    text = F.col("c0")
    for place, (_, candidate) in enumerate(part):
        if candidate is STRING:
            text = F.col(f"c{place}")
            yield F.collect_set(F.when(text.isin(*MARKERS), text)).alias(f"m{place}")
        else:
            invalid = F.col(f"c{place}").isNull() & text.isNotNull() & ~text.isin(*MARKERS)
            codes = text.rlike(r"^[+-]?0\d") if candidate.type in ("integer", "long", "double") else F.lit(False)
            yield F.count_if(invalid | codes).alias(f"w{place}")


def _whole_columns(flat: Sequence[tuple[str, Candidate]]) -> Iterator[list[tuple[str, Candidate]]]:
    """Splits the list without splitting the candidates of a column."""
    part: list[tuple[str, Candidate]] = []
    for item in flat:
        if item[1] is STRING and len(part) >= _AT_ONCE:
            yield part
            part = []
        part.append(item)
    yield part


def _parts(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])
