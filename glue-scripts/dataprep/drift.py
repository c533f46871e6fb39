"""Columns of a source that are not those that the recipe knows: new, missing, or of another type."""

import re
from dataclasses import dataclass, replace

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, DataType, MapType, StructType, TimestampType

from dataprep.failures import SourceError
from dataprep.names import MALFORMED, quoted
from dataprep.recipe import Column, Drift, Source
from dataprep.types import spark_type

_NAMES_LISTED = 20
_NAME_CHARACTERS = 60


@dataclass(frozen=True)
class Taken:
    """A source with the columns that are taken of it, their texts, and what is to be reported."""

    source: Source
    texts: DataFrame
    warnings: tuple[str, ...]


def take(source: Source, rows: DataFrame, names: list[str], drift: Drift, may_grow: bool) -> Taken:
    """Takes the recipe's columns by what `drift` says of others.

    `names` are those of all columns that the source has; `may_grow` is whether new ones can become part of the data
    set. Raises SourceError.
    """
    missing = [column for column in source.columns if not _has(rows.schema, column.origin)]
    retyped = [column for column in source.columns if column not in missing and _retyped(source, column, rows)]
    new = _new(source, names) if drift.new != "ignore" else []
    warnings: list[str] = []
    found = listed(names)
    _handle(drift.missing, [column.origin for column in missing], source, f"missing of {found}", warnings)
    _handle(drift.retyped, [column.origin for column in retyped], source, "of another type", warnings)
    _handle(drift.new, new, source, "new", warnings)
    if drift.new == "evolve" and may_grow:
        source = replace(source, columns=(*source.columns, *_added(source, new)))
    values = [_text(column, rows, column in missing).alias(column.name) for column in source.columns]
    malformed = F.col(MALFORMED) if MALFORMED in rows.columns else F.lit(None).cast("string")
    return Taken(source, rows.select(*values, malformed.alias(MALFORMED)), tuple(warnings))


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


def _added(source: Source, new: list[str]) -> list[Column]:
    """The new columns as texts, by names that a data set may have."""
    taken = {column.name for column in source.columns}
    added = []
    for origin in new:
        plain = re.sub(r"[^a-z0-9_]+", "_", origin.lower()).strip("_")
        name = plain if plain[:1].isalpha() else f"column_{plain}"
        while name in taken:
            name += "_2"
        taken.add(name)
        added.append(Column(name, origin, "string", {}))
    return added


def _retyped(source: Source, column: Column, rows: DataFrame) -> bool:
    """Text formats know no types."""
    if source.format["type"] != "parquet":
        return False
    return rows.select(_path(column.origin, rows)).schema[0].dataType.simpleString() != spark_type(column.type)


def _text(column: Column, rows: DataFrame, missing: bool) -> SparkColumn:
    if missing:
        return F.lit(None).cast("string")
    path = _path(column.origin, rows)
    kind = rows.select(path).schema[0].dataType
    if isinstance(kind, StructType | ArrayType | MapType):
        return F.to_json(path)
    text = F.col(path).cast("string")
    return F.concat(text, F.lit("Z")) if isinstance(kind, TimestampType) else text


def _has(schema: DataType, path: str) -> bool:
    if not isinstance(schema, StructType):
        return False
    first, _, rest = path.partition(".")
    return path in schema.names or (first in schema.names and bool(rest) and _has(schema[first].dataType, rest))


def _path(origin: str, rows: DataFrame) -> str:
    """A column's own name may hold dots; otherwise they lead into a nested one."""
    return quoted(origin) if origin in rows.columns else ".".join(quoted(part) for part in origin.split("."))
