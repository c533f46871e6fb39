"""Prepares one source: reads, cleans, casts and checks its rows, and separates valid rows from quarantined rows."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import drift, numbering, readers, sensitive
from dataprep.columns import typed
from dataprep.failures import SourceError
from dataprep.names import MALFORMED, QUARANTINE, quoted
from dataprep.quality import SourceCounts
from dataprep.recipe import Drift, Source
from dataprep.storage import Storage
from dataprep.texts import Texts

_JSON = ("json", "jsonLines")


@dataclass(frozen=True)
class PreparedSource:
    """A source's rows, cached, with QUARANTINE for those to quarantine; and the facts to report."""

    rows: DataFrame
    columns: tuple[str, ...]
    evolved: tuple[str, ...]
    counts: SourceCounts
    warnings: tuple[str, ...]

    @property
    def valid(self) -> DataFrame:
        """The valid rows, with the source's columns."""
        return self.rows.filter(F.col(QUARANTINE).isNull()).select(*map(quoted, self.columns))

    @property
    def quarantined(self) -> DataFrame:
        """The rows to quarantine, with the reasons."""
        return self.rows.filter(F.col(QUARANTINE).isNotNull()).select(f"{QUARANTINE}.*")

    @property
    def quarantined_with_row_numbers(self) -> DataFrame:
        """The rows to quarantine with their numbers, which takes a pass over all rows."""
        return numbering.quarantined(self.rows)


def prepare(
    spark: SparkSession, source: Source, folder: str, wanted: Drift, reserved: Collection[str] | None
) -> PreparedSource:
    """Reads, cleans, casts and checks a source in one pass; `reserved` as in `drift.take`. Raises SourceError."""
    storage = Storage(spark)
    try:
        before = storage.state(folder)
        files = readers.open_files(spark, source, folder)
        taken = drift.take(source, files, wanted, reserved)
        columns = tuple(column.name for column in taken.source.columns)
        evolved = columns[len(source.columns) :]
        texts = files.texts(taken.source.columns)
        checked, found, counted = _checked(taken.source, texts, columns if source.format["type"] in _JSON else ())
        after = storage.state(folder)
    except (PySparkException, Py4JJavaError) as error:
        hidden = None if source.is_sensitive else error
        raise SourceError(f"source {source.name}: {sensitive.described(source, error)}") from hidden
    if before != after:
        raise SourceError(f"source {source.name}: a file was replaced while it was read; start the run again")
    counts = SourceCounts(counted, found["quarantined"], found["rows"] - found["quarantined"])
    warnings = (*taken.warnings, *_without_values(source, found, wanted), *_broken_lines(source, found))
    used = tuple(column.name for column in taken.source.columns if column.sensitive != "drop")
    return PreparedSource(checked, used, evolved, counts, warnings)


def _checked(source: Source, texts: Texts, columns: tuple[str, ...]) -> tuple[DataFrame, dict[str, Any], int]:
    """The rows with types, cached; their measures; and the number of records in the files."""
    checked = typed(source, texts.rows).persist(StorageLevel.MEMORY_AND_DISK)
    found = _measured(checked, columns, source)
    again = texts.again()
    if again is None:
        return checked, found, texts.counted()
    checked.unpersist()
    return _checked(source, again, columns)


def _measured(checked: DataFrame, columns: tuple[str, ...], source: Source) -> dict[str, Any]:
    """The numbers of rows, of rows to quarantine, of malformed rows with an odd number of quotes, and of values."""
    text = F.col(f"{QUARANTINE}.{MALFORMED}")
    unbalanced = F.count_if(sensitive.is_unbalanced(source, text)).alias("unbalanced")
    values = [F.count(quoted(name)).alias(f"values_{place}") for place, name in enumerate(columns)]
    quarantined = F.count(QUARANTINE).alias("quarantined")
    return checked.agg(F.count(F.lit(1)).alias("rows"), quarantined, unbalanced, *values).collect()[0].asDict()


def _without_values(source: Source, found: dict[str, Any], wanted: Drift) -> list[str]:
    """JSON objects may omit keys, so that the warning is only about columns without a value in any object."""
    empty = [column.origin for place, column in enumerate(source.columns) if found.get(f"values_{place}") == 0]
    if not empty or found["rows"] == found["quarantined"] or wanted.missing == "evolve":
        return []
    return [f"source {source.name}: columns without any value: {drift.listed(empty)}"]


def _broken_lines(source: Source, found: dict[str, Any]) -> list[str]:
    """The first line of a text over lines may look like a valid row; its last line has an odd number of quotes."""
    if source.format["type"] != "csv" or source.format.get("multiLine", False) or not found["unbalanced"]:
        return []
    rows = f"{found['unbalanced']} malformed rows with an odd number of quotes"
    return [f"source {source.name}: {rows}: if texts contain line breaks, set multiLine in the format"]
