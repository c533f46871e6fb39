"""Types: how a text becomes a value of one, and which texts are none.

A text that would lose something on the way is none: a number beyond its type, digits beyond its scale, a point in time
that a zone's clocks skip.
"""

import re

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as F

from dataprep.names import quoted
from dataprep.recipe import Column

_SPARK_TYPES = {"integer": "int", "long": "bigint"}
_INTEGER = r"^[+-]?\d+$"
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
# letters by which a pattern reads a zone of its own: https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html
_ZONE_IN_PATTERN = re.compile(r"[VzOXxZ](?=(?:[^']*'[^']*')*[^']*$)")
_ZONE_IN_TEXT = r"(Z|UTC|GMT|[+-]\d{1,2}(:?\d{2})?|[A-Z][A-Za-z]+/[A-Za-z_]+)$"
_FIRST, _LAST = "0001-01-01", "9999-12-31"


def spark_type(name: str) -> str:
    """The recipe's word for a type as Spark's."""
    return _SPARK_TYPES.get(name, name)


def value(column: Column) -> SparkColumn:
    """The text in the column's place as a value of the column's type; null where it is none."""
    text = F.col(quoted(column.name))
    if column.type == "string":
        return text
    if column.type in ("date", "timestamp"):
        return _time(column, text)
    kind = spark_type(column.type)
    read = F.expr(f"try_cast({quoted(column.name)} as {kind})")
    if column.type == "boolean":
        return read
    return F.when(text.rlike(_form(column.type)) & _finite(column.type, read), read)


def _form(kind: str) -> str:
    decimal = _DECIMAL.fullmatch(kind)
    if decimal:
        return rf"^[+-]?(?=\.?\d)\d*(\.\d{{0,{decimal[2]}}}0*)?$"
    return _NUMBER if kind == "double" else _INTEGER


def _finite(kind: str, read: SparkColumn) -> SparkColumn:
    """A double that overflows becomes infinite, where other types become null."""
    return F.abs(read) != F.lit(float("inf")) if kind == "double" else F.lit(True)


def _time(column: Column, text: SparkColumn) -> SparkColumn:
    pattern = column.rules.get("format")
    if pattern:
        read = F.try_to_timestamp(text, F.lit(pattern))
    else:
        read = F.expr(f"try_cast({quoted(column.name)} as timestamp)")
    if column.type == "timestamp" and "zone" in column.rules:
        read = _in_zone(read, text, pattern, column.rules["zone"])
    day = read.cast("date")
    in_range = day.between(F.lit(_FIRST).cast("date"), F.lit(_LAST).cast("date"))
    return F.when(in_range, day if column.type == "date" else read)


def _in_zone(read: SparkColumn, text: SparkColumn, pattern: str | None, zone: str) -> SparkColumn:
    """`read` took the text for UTC; a text with a zone of its own is right so."""
    utc = F.to_utc_timestamp(read, zone)
    there = F.when(F.from_utc_timestamp(utc, zone) == read, utc)
    if pattern:
        return read if _ZONE_IN_PATTERN.search(pattern) else there
    return F.when(text.rlike(_ZONE_IN_TEXT), read).otherwise(there)
