"""The layout of Parquet files, which contain names and types."""

import re
from collections.abc import Iterator
from pathlib import Path

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.types import DataType, StructType

from recipe_cases.session import uri
from recipe_draft.candidates import Candidate
from recipe_draft.files import NoData
from recipe_draft.layout import Layout

_TYPES = {"tinyint": "integer", "smallint": "integer", "int": "integer", "bigint": "long", "float": "double"}
_SAME = re.compile(r"boolean|double|date|timestamp|decimal\(\d+,\d+\)")


def layout_of(spark: SparkSession, found: list[Path]) -> tuple[Layout, dict[str, Candidate]]:
    """The columns of all files, and the type of each column that has one type, which recipes support."""
    types: dict[str, set[str]] = {}
    for path in found:
        try:
            schema = spark.read.parquet(uri(path)).schema
        except PySparkException as error:
            raise NoData(f"{path}: Parquet that cannot be read: {str(error).splitlines()[0]}") from error
        for name, kind in _leaves(schema, ""):
            types.setdefault(name, set()).add(_TYPES.get(kind, kind))
    declared = {
        name: Candidate(next(iter(kinds)))
        for name, kinds in types.items()
        if len(kinds) == 1 and (next(iter(kinds)) in _TYPES.values() or _SAME.fullmatch(next(iter(kinds))))
    }
    return Layout(({"type": "parquet"},), tuple(types)), declared


def _leaves(schema: StructType, prefix: str) -> Iterator[tuple[str, str]]:
    for column in schema.fields:
        below: DataType = column.dataType
        if isinstance(below, StructType) and below.fields:
            yield from _leaves(below, f"{prefix}{column.name}.")
        else:
            yield f"{prefix}{column.name}", below.simpleString()
