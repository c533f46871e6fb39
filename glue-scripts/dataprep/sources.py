"""Preparing one source: its rows typed and checked, those that are not good enough told apart."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import drift, numbering, readers
from dataprep.columns import typed
from dataprep.failures import SourceError, root_cause
from dataprep.names import ASIDE, MALFORMED, quoted
from dataprep.quality import SourceCounts
from dataprep.recipe import Drift, Source
from dataprep.storage import Storage
from dataprep.texts import Texts

_JSON = ("json", "jsonLines")
_QUOTE = '"'


@dataclass(frozen=True)
class Prepared:
    """A source's rows, the bad ones with an ASIDE, kept for more than one use; and what is to be reported."""

    rows: DataFrame
    columns: tuple[str, ...]
    added: tuple[str, ...]
    counts: SourceCounts
    warnings: tuple[str, ...]

    @property
    def good(self) -> DataFrame:
        """The rows that nothing is wrong with, with the source's columns."""
        return self.rows.filter(F.col(ASIDE).isNull()).select(*map(quoted, self.columns))

    @property
    def bad(self) -> DataFrame:
        """The rows that are to be set aside, with all that tells why."""
        return self.rows.filter(F.col(ASIDE).isNotNull()).select(f"{ASIDE}.*")

    @property
    def numbered(self) -> DataFrame:
        """The bad ones with their numbers, which takes a look at all rows."""
        return numbering.numbered(self.rows)


def prepare(
    spark: SparkSession, source: Source, folder: str, wanted: Drift, reserved: Collection[str] | None
) -> Prepared:
    """Reads, types and checks a source in one pass; `reserved` as in `drift.take`. Raises SourceError."""
    storage = Storage(spark)
    try:
        before = storage.state(folder)
        files = readers.open_files(spark, source, folder)
        taken = drift.take(source, files, wanted, reserved)
        columns = tuple(column.name for column in taken.source.columns)
        texts = files.texts(taken.source.columns)
        checked, found, counted = _checked(taken.source, texts, columns if source.format["type"] in _JSON else ())
        after = storage.state(folder)
    except (PySparkException, Py4JJavaError) as error:
        raise SourceError(f"source {source.name}: {root_cause(error)}") from error
    if before != after:
        raise SourceError(f"source {source.name}: a file was replaced while it was read: run again")
    counts = SourceCounts(counted, found["bad"], found["rows"] - found["bad"])
    warnings = (*taken.warnings, *_without_values(source, found, wanted), *_broken_lines(source, found))
    return Prepared(checked, columns, columns[len(source.columns) :], counts, warnings)


def _checked(source: Source, texts: Texts, columns: tuple[str, ...]) -> tuple[DataFrame, dict[str, Any], int]:
    """The rows typed and kept, what was measured of them, and how many records the files have."""
    checked = typed(source, texts.rows).persist(StorageLevel.MEMORY_AND_DISK)
    found = _measured(checked, columns, source.format)
    again = texts.again()
    if again is None:
        return checked, found, texts.counted()
    checked.unpersist()
    return _checked(source, again, columns)


def _measured(checked: DataFrame, columns: tuple[str, ...], form: Mapping[str, Any]) -> dict[str, Any]:
    """Counts of rows, bad rows, malformed ones with a quote too many or too few, and values of these columns."""
    others = f"[^{re.escape(form.get('quote', _QUOTE))}]"
    quotes = F.length(F.regexp_replace(f"{ASIDE}.{MALFORMED}", others, ""))
    unbalanced = F.count_if(quotes % 2 == 1).alias("unbalanced")
    values = [F.count(quoted(name)).alias(f"values_{place}") for place, name in enumerate(columns)]
    bad = F.count(ASIDE).alias("bad")
    return checked.agg(F.count(F.lit(1)).alias("rows"), bad, unbalanced, *values).collect()[0].asDict()


def _without_values(source: Source, found: dict[str, Any], wanted: Drift) -> list[str]:
    """JSON objects may leave keys out, so that only a column that none of them has a value for is worth a word."""
    empty = [column.origin for place, column in enumerate(source.columns) if found.get(f"values_{place}") == 0]
    if not empty or found["rows"] == found["bad"] or wanted.missing == "evolve":
        return []
    return [f"source {source.name}: columns without any value: {drift.listed(empty)}"]


def _broken_lines(source: Source, found: dict[str, Any]) -> list[str]:
    """The first part of a text over lines may pass for a good row; the last one, which is none, gives it away."""
    if source.format["type"] != "csv" or source.format.get("multiLine", False) or not found["unbalanced"]:
        return []
    rows = f"{found['unbalanced']} malformed rows with an odd number of quotes"
    return [f"source {source.name}: {rows}: texts may go over lines, which needs multiLine in the format"]
