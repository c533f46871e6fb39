"""The schemas in the footers of Parquet files, and their conversion to Spark types column by column."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.types import DataType, NullType, StructType

from dataprep.failures import SourceError, root_cause

_READERS = 16
_TEMPORAL = ("date", "timestamp", "timestamp_ntz", "void")


@dataclass(frozen=True)
class Kind:
    """A column in files: path, type, and for timestamps in nanoseconds, which Spark reads as integers, their zone."""

    path: tuple[str, ...]
    type: DataType
    nanoseconds: str | None

    @property
    def is_null(self) -> bool:
        """Whether the column has the null type, and so no value."""
        return isinstance(self.type, NullType)

    @property
    def is_temporal(self) -> bool:
        """Whether the column has a date or timestamp type."""
        return self.nanoseconds is not None or self.type.simpleString() in _TEMPORAL


@dataclass
class Schema:
    """Files of one schema: their paths, their total number of rows, and the schema as an object of Java."""

    spark: SparkSession
    source: str
    message: Any
    paths: list[str] = field(default_factory=list)
    rows: int = 0
    _kinds: dict[str, Kind | None] = field(default_factory=dict)

    @cached_property
    def names(self) -> list[str]:
        """The names of all columns."""
        return _names(self.message)

    def kind(self, origin: str) -> Kind | None:
        """The column in these files, or None; raises SourceError if Spark cannot read it."""
        if origin not in self._kinds:
            self._kinds[origin] = self._kind(origin)
        return self._kinds[origin]

    def _kind(self, origin: str) -> Kind | None:
        path = self._path(origin)
        if path is None:
            return None
        alike = [name for name in self.names if name.lower() == path[0].lower()]
        where = f"source {self.source}: {self.paths[0]}: column {origin}"
        if len(alike) > 1:
            raise SourceError(f"{where}: names differ in their case only: {', '.join(alike)}")
        place, kind = self.message.getType(path[0]), self._spark_type(path[0], where)
        for name in path[1:]:
            place, kind = place.asGroupType().getType(name), kind[name].dataType
        return Kind(path, kind, _nanoseconds(place))

    def _path(self, origin: str) -> tuple[str, ...] | None:
        """The path to a column; its name may contain dots, otherwise they separate nested columns."""
        if origin in self.names:
            return (origin,)
        first, *rest = origin.split(".")
        if not rest or first not in self.names:
            return None
        place = self.message.getType(first)
        for name in rest:
            # lists and maps are groups, too, but their parts have no names of their own
            if place.isPrimitive() or place.getLogicalTypeAnnotation() or name not in _names(place.asGroupType()):
                return None
            place = place.asGroupType().getType(name)
        return (first, *rest)

    def _spark_type(self, name: str, where: str) -> Any:
        jvm: Any = self.spark._jvm
        convert = jvm.org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter
        settings: Any = self.spark._jsparkSession.sessionState().conf()
        try:
            message = jvm.org.apache.parquet.schema.Types.buildMessage().addField(self.message.getType(name))
            return StructType.fromJson(_parsed(convert(settings).convert(message.named("taken"))))[name].dataType
        except (Py4JJavaError, PySparkException) as error:
            raise SourceError(f"{where}: {root_cause(error)}") from error


def of(spark: SparkSession, source: str, paths: list[str]) -> list[Schema]:
    """The files by schema, in the order of the first file of each; raises SourceError for a file that is no Parquet."""
    with ThreadPoolExecutor(min(len(paths), _READERS)) as pool:
        footers = list(pool.map(lambda path: _footer(spark, source, path), paths))
    found: dict[str, Schema] = {}
    for path, (text, message, rows) in zip(paths, footers, strict=True):
        schema = found.setdefault(text, Schema(spark, source, message))
        schema.paths.append(path)
        schema.rows += rows
    return list(found.values())


def _footer(spark: SparkSession, source: str, path: str) -> tuple[str, Any, int]:
    jvm: Any = spark._jvm
    parquet, configuration = jvm.org.apache.parquet.hadoop, spark._jsc.hadoopConfiguration()
    try:
        file = parquet.util.HadoopInputFile.fromPath(jvm.org.apache.hadoop.fs.Path(path), configuration)
        reader = parquet.ParquetFileReader.open(file)
        try:
            message = reader.getFooter().getFileMetaData().getSchema()
            return str(message.toString()), message, int(reader.getRecordCount())
        finally:
            reader.close()
    except Py4JJavaError as error:
        raise SourceError(f"source {source}: {path}: {root_cause(error)}") from error


def _names(group: Any) -> list[str]:
    return [str(group.getFieldName(place)) for place in range(group.getFieldCount())]


def _nanoseconds(place: Any) -> str | None:
    annotation = str(place.getLogicalTypeAnnotation())
    if not annotation.startswith("TIMESTAMP(NANOS"):
        return None
    return "Z" if annotation.endswith("true)") else ""


def _parsed(schema: Any) -> dict[str, Any]:
    return dict(json.loads(schema.json()))
