"""Reads Parquet: from each file only the recipe's columns, with the types that they have in this file."""

from collections.abc import Iterable
from functools import reduce
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DataType, StructField, StructType

from dataprep import parquet_schemas, parquet_values, written
from dataprep.failures import SourceError
from dataprep.names import MALFORMED, quoted
from dataprep.parquet_schemas import Kind
from dataprep.recipe import Column, Source
from dataprep.storage import Storage
from dataprep.texts import Texts
from dataprep.types import spark_type

# types of a database whose values are texts in ISO 8601
_TEMPORAL = ("date", "timestamp")


class ParquetFiles:
    """A source's Parquet files."""

    def __init__(self, spark: SparkSession, source: Source, folder: str) -> None:
        self._spark = spark
        self._types = source.types
        # folder markers are empty objects
        paths = [uri for uri, size in written.files(Storage(spark), folder).items() if size]
        if not paths:
            raise SourceError(f"source {source.name}: no data file in {folder}")
        self._schemas = parquet_schemas.of(spark, source.name, paths)

    @property
    def names(self) -> list[str]:
        """The names of all columns of all files."""
        return list(dict.fromkeys(name for schema in self._schemas for name in schema.names))

    def has(self, origin: str) -> bool:
        """Whether any file has this column."""
        return bool(self._kinds(origin))

    def is_retyped(self, column: Column) -> bool:
        """Whether the column has another type than in the recipe in any file."""
        if column.origin in self._types:
            return self._types[column.origin] != column.type
        kinds = self._kinds(column.origin)
        return any(kind.type.simpleString() != spark_type(column.type) for kind in kinds if not kind.is_null)

    def is_temporal(self, column: Column) -> bool:
        """Whether the column has a date or timestamp type in all files, to which no format applies."""
        if self._types.get(column.origin) in _TEMPORAL:
            return True
        kinds = self._kinds(column.origin)
        return bool(kinds) and all(kind.is_temporal for kind in kinds)

    def texts(self, columns: tuple[Column, ...]) -> Texts:
        """The texts of these columns; files with the same types are read at once."""
        alike: dict[str, tuple[list[Kind | None], list[str]]] = {}
        for schema in self._schemas:
            kinds = [schema.kind(column.origin) for column in columns]
            alike.setdefault(repr(kinds), (kinds, []))[1].extend(schema.paths)
        rows = [self._rows(columns, kinds, paths) for kinds, paths in alike.values()]
        return Texts(reduce(DataFrame.unionAll, rows), lambda: sum(schema.rows for schema in self._schemas))

    def _kinds(self, origin: str) -> list[Kind]:
        return [kind for schema in self._schemas if (kind := schema.kind(origin))]

    def _rows(self, columns: tuple[Column, ...], kinds: list[Kind | None], paths: list[str]) -> DataFrame:
        wanted = _merged((kind.path, kind.type) for kind in kinds if kind and not kind.is_null)
        # a path may contain the characters of glob patterns
        files = self._spark.read.option("__globPaths__", False).schema(wanted).parquet(*paths)
        texts = [_text(kind).cast("string").alias(column.name) for column, kind in zip(columns, kinds, strict=True)]
        return files.select(*texts, F.lit(None).cast("string").alias(MALFORMED))


def _text(kind: Kind | None) -> Any:
    if kind is None or kind.is_null:
        return F.lit(None)
    return parquet_values.text(F.col(".".join(map(quoted, kind.path))), kind.type, kind.nanoseconds)


def _merged(wanted: Iterable[tuple[tuple[str, ...], DataType]]) -> StructType:
    """A schema of these columns; a column that is taken whole includes its nested columns."""
    whole: dict[str, DataType] = {}
    parts: dict[str, list[tuple[tuple[str, ...], DataType]]] = {}
    for (first, *rest), kind in wanted:
        if rest:
            parts.setdefault(first, []).append((tuple(rest), kind))
        else:
            whole[first] = kind
    nested = {first: _merged(below) for first, below in parts.items() if first not in whole}
    return StructType([StructField(name, kind) for name, kind in (whole | nested).items()])
