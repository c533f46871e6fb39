"""Reading a source's files as they are: every value of a text format as text.

Typing comes later (columns.py), by rules that say of each value what is wrong with it. What a format cannot parse keeps
the text, or the row.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StringType, StructField, StructType

from dataprep.failures import SourceError, root_cause
from dataprep.names import MALFORMED
from dataprep.recipe import Source

NEEDS_GLUE_6 = "JSON needs Glue 6.0, for Spark 3.5 does not keep numbers as they are written"
# the files of a prefix keep their paths below it
_ALL_FILES: Mapping[str, Any] = {"recursiveFileLookup": True}
# whose line breaks are not the one byte at which Spark splits files
_WIDE_ENCODINGS = ("UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32")


def read(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    """All columns of the source's files, and MALFORMED if the format can be; raises SourceError."""
    try:
        return _READERS[source.format["type"]](spark, source, folder)
    except AnalysisException as error:
        raise SourceError(f"source {source.name}: {root_cause(error)}") from error


def _csv(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    options = _csv_options(source.format)
    if source.format.get("header", True):
        names, headers_can_be_compared = _header(spark, source, options, folder)
        options |= {"header": True, "enforceSchema": not headers_can_be_compared}
    else:
        names = list(source.format["columns"])
    schema = StructType([StructField(name, StringType()) for name in [*names, MALFORMED]])
    return spark.read.options(**options, columnNameOfCorruptRecord=MALFORMED).schema(schema).csv(folder)


def _csv_options(form: Mapping[str, Any]) -> dict[str, Any]:
    quote, encoding = form.get("quote", '"'), form.get("encoding", "UTF-8")
    return {
        "header": False,
        "sep": form.get("delimiter", ","),
        "quote": quote,
        "escape": form.get("escape", quote),
        "encoding": encoding,
        "multiLine": form.get("multiLine", False) or encoding in _WIDE_ENCODINGS,
        "mode": "PERMISSIVE",
        "maxColumns": 100_000,
        **_ALL_FILES,
    }


def _header(spark: SparkSession, source: Source, options: Mapping[str, Any], folder: str) -> tuple[list[str], bool]:
    """The columns' names, each once; and whether Spark, which reads by position, can compare all files' headers."""
    files = spark.read.options(**options).csv(folder)
    first = files.head()
    found = [(name or "").removeprefix("\ufeff") for name in (first or ())]
    often = Counter(name.lower() for name in found)
    twice = [column.origin for column in source.columns if often[column.origin.lower()] > 1]
    if twice:
        raise SourceError(f"source {source.name}: more than one column is named {', '.join(twice)}")
    plain = all(name and often[name.lower()] == 1 for name in found)
    if not plain and len(files.inputFiles()) > 1:
        raise SourceError(
            f"source {source.name}: got columns without a name of their own in more than one file; "
            "allowed are several files only if their headers can be compared"
        )
    names = [name if name and often[name.lower()] == 1 else f"{name}#{place}" for place, name in enumerate(found)]
    return names, plain


def _json(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    fields = _json_fields([column.origin.split(".") for column in source.columns])
    schema = StructType([*fields, StructField(MALFORMED, StringType())])
    return _json_reader(spark, source).schema(schema).json(folder, columnNameOfCorruptRecord=MALFORMED)


def _json_reader(spark: SparkSession, source: Source) -> Any:
    if spark.version.startswith("3."):
        # it writes a number anew that is read as text: 1.50 is 1.5, and digits beyond a double's are lost
        raise SourceError(f"source {source.name}: {NEEDS_GLUE_6}")
    whole_files = source.format["type"] == "json"
    return spark.read.options(multiLine=whole_files, mode="PERMISSIVE", **_ALL_FILES)


def json_names(spark: SparkSession, source: Source, folder: str) -> list[str]:
    """The names of all fields of a JSON source's objects, found by a pass over them."""
    return list(_json_reader(spark, source).json(folder, columnNameOfCorruptRecord=MALFORMED).drop(MALFORMED).columns)


def _json_fields(paths: list[list[str]]) -> list[StructField]:
    """Structs along the paths, with strings at their ends: Spark gives numbers as they are written."""
    fields: dict[str, list[list[str]]] = {}
    for first, *rest in paths:
        fields.setdefault(first, []).extend([rest] if rest else [])
    return [
        StructField(name, StructType(_json_fields(rest)) if rest else StringType()) for name, rest in fields.items()
    ]


def _parquet(spark: SparkSession, source: Source, folder: str) -> DataFrame:
    return spark.read.options(mergeSchema=True, **_ALL_FILES).parquet(folder)


_READERS: Mapping[str, Callable[[SparkSession, Source, str], DataFrame]] = {
    "csv": _csv,
    "jsonLines": _json,
    "json": _json,
    "parquet": _parquet,
}
