"""Reading a source: every value as the text that it has in the file, every row with the file it came from.

Typing comes later (columns.py), by rules that say of each value what is wrong with it; a reader that types would lose
the text, or the row.
"""

from collections.abc import Mapping
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import StringType, StructField, StructType

from dataprep.names import FILE, MALFORMED, quoted
from dataprep.recipe import Source


class SourceError(Exception):
    """A source that cannot be read as its recipe says."""


def read(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    """The source's columns as strings, by their names in the recipe, with FILE and MALFORMED beside them."""
    rows = _READERS[source.format["type"]](spark, source, folder)
    values = [_text(rows, column.origin).alias(column.name) for column in source.columns]
    malformed = F.col(MALFORMED) if MALFORMED in rows.columns else F.lit(None).cast("string")
    return rows.select(*values, malformed.alias(MALFORMED), F.col("_metadata.file_path").alias(FILE))


def _csv(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    options = _csv_options(source.format)
    found = spark.read.options(**options).csv(folder).columns
    missing = [column.origin for column in source.columns if column.origin not in found]
    if missing:
        raise SourceError(f"source {source.name}: no column {', '.join(missing)} among {', '.join(found)}")
    schema = StructType([StructField(name, StringType()) for name in [*found, MALFORMED]])
    return spark.read.options(**options, columnNameOfCorruptRecord=MALFORMED).schema(schema).csv(folder)


def _csv_options(form: Mapping[str, Any]) -> dict[str, Any]:
    quote = form.get("quote", '"')
    return {
        "header": form.get("header", True),
        "sep": form.get("delimiter", ","),
        "quote": quote,
        "escape": form.get("escape", quote),
        "encoding": form.get("encoding", "UTF-8"),
        "multiLine": form.get("multiLine", False),
        "mode": "PERMISSIVE",
    }


def _json(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    schema = StructType([*_json_schema([column.origin.split(".") for column in source.columns]), _MALFORMED_FIELD])
    whole_files = source.format["type"] == "json"
    reader = spark.read.options(multiLine=whole_files, mode="PERMISSIVE", columnNameOfCorruptRecord=MALFORMED)
    return reader.schema(schema).json(folder)


_MALFORMED_FIELD = StructField(MALFORMED, StringType())


def _json_schema(paths: list[list[str]]) -> list[StructField]:
    """Structs along the paths, with strings at their ends: Spark gives numbers as they are written."""
    fields: dict[str, list[list[str]]] = {}
    for first, *rest in paths:
        fields.setdefault(first, []).extend([rest] if rest else [])
    return [
        StructField(name, StructType(_json_schema(rest)) if rest else StringType()) for name, rest in fields.items()
    ]


def _parquet(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    return spark.read.parquet(folder)


def _text(rows: DataFrame, origin: str) -> SparkColumn:
    path = origin if origin in rows.columns else None
    return F.col(quoted(path) if path else ".".join(quoted(part) for part in origin.split("."))).cast("string")


_READERS = {"csv": _csv, "jsonLines": _json, "json": _json, "parquet": _parquet}
