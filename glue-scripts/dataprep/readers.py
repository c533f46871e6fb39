"""Reading a source: every value as the text that it has in the file, every row with the file it came from.

Typing comes later (columns.py), by rules that say of each value what is wrong with it; a reader that types would lose
the text, or the row.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import DataType, StringType, StructField, StructType

from dataprep.names import FILE, MALFORMED, quoted
from dataprep.recipe import Source

# the files of a prefix keep their paths below it
_ALL_FILES: Mapping[str, Any] = {"recursiveFileLookup": True}


class SourceError(Exception):
    """A source that cannot be read as its recipe says."""


def read(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    """The source's columns as strings, by their names in the recipe, with FILE and MALFORMED beside them."""
    try:
        rows = _READERS[source.format["type"]](spark, source, folder)
    except AnalysisException as error:
        raise SourceError(f"source {source.name}: {str(error).splitlines()[0]}") from error
    _require_columns(source, rows.schema)
    values = [F.col(_path(column.origin, rows)).cast("string").alias(column.name) for column in source.columns]
    malformed = F.col(MALFORMED) if MALFORMED in rows.columns else F.lit(None).cast("string")
    return rows.select(*values, malformed.alias(MALFORMED), F.col("_metadata.file_path").alias(FILE))


def _csv(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    """By the header of the first file, which those of all others have to equal: Spark reads by position."""
    options = _csv_options(source.format)
    columns = spark.read.options(**options).csv(folder).columns
    schema = StructType([StructField(name, StringType()) for name in [*columns, MALFORMED]])
    reader = spark.read.options(**options, enforceSchema=False, columnNameOfCorruptRecord=MALFORMED)
    return reader.schema(schema).csv(folder)


def _csv_options(form: Mapping[str, Any]) -> dict[str, Any]:
    quote = form.get("quote", '"')
    return {
        "header": True,
        "sep": form.get("delimiter", ","),
        "quote": quote,
        "escape": form.get("escape", quote),
        "encoding": form.get("encoding", "UTF-8"),
        "multiLine": form.get("multiLine", False),
        "mode": "PERMISSIVE",
        **_ALL_FILES,
    }


def _json(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    fields = _json_fields([column.origin.split(".") for column in source.columns])
    schema = StructType([*fields, StructField(MALFORMED, StringType())])
    whole_files = source.format["type"] == "json"
    reader = spark.read.options(
        multiLine=whole_files, mode="PERMISSIVE", columnNameOfCorruptRecord=MALFORMED, **_ALL_FILES
    )
    return reader.schema(schema).json(folder)


def _json_fields(paths: list[list[str]]) -> list[StructField]:
    """Structs along the paths, with strings at their ends: Spark gives numbers as they are written."""
    fields: dict[str, list[list[str]]] = {}
    for first, *rest in paths:
        fields.setdefault(first, []).extend([rest] if rest else [])
    return [
        StructField(name, StructType(_json_fields(rest)) if rest else StringType()) for name, rest in fields.items()
    ]


def _parquet(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    return spark.read.options(**_ALL_FILES).parquet(folder)


def _require_columns(source: Source, schema: StructType) -> None:
    missing = [column.origin for column in source.columns if not _has(schema, column.origin)]
    if missing:
        found = ", ".join(name for name in schema.names if name != MALFORMED)
        raise SourceError(f"source {source.name}: got the columns {found}, there is no {', '.join(missing)} among them")


def _has(schema: DataType, path: str) -> bool:
    if not isinstance(schema, StructType):
        return False
    first, _, rest = path.partition(".")
    return path in schema.names or (first in schema.names and bool(rest) and _has(schema[first].dataType, rest))


def _path(origin: str, rows: DataFrame) -> str:
    """A column's own name may hold dots; otherwise they lead into a nested one."""
    return quoted(origin) if origin in rows.columns else ".".join(quoted(part) for part in origin.split("."))


_READERS: Mapping[str, Callable[[SparkSession, Source, str], DataFrame]] = {
    "csv": _csv,
    "jsonLines": _json,
    "json": _json,
    "parquet": _parquet,
}
