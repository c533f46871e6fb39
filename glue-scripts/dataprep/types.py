"""Types: how a text becomes a value of one, and which texts are none.

A text that would lose something on the way is none: a number beyond its type, digits beyond its scale, a point in time
that a zone's clocks skip.
"""

import re

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as F

from dataprep.recipe import Column

_SPARK_TYPES = {"integer": "int", "long": "bigint"}
_DATE_FIRST = r"^\d{4}-\d{1,2}-\d{1,2}($|[T ])"
# the form in which most systems write a point in time; reading its zone takes longer than all the rest of it
_PLAIN_UTC = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"
_PLAIN_CHARACTERS = len("yyyy-MM-ddTHH:mm:ss")
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
# letters by which a pattern reads a zone of its own: https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html
_ZONE_IN_PATTERN = re.compile(r"[VzOXxZ](?=(?:[^']*'[^']*')*[^']*$)")
_ZONE_IN_TEXT = r"(Z|UTC|GMT|[+-]\d{1,2}(:?\d{2})?|[A-Z][A-Za-z]+/[A-Za-z_]+)$"
_FIRST, _LAST = "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"


def spark_type(name: str) -> str:
    """The recipe's word for a type as Spark's."""
    return _SPARK_TYPES.get(name, name)


def literal(given: str | float | bool) -> str:
    """A value of a recipe as the text that a source would hold."""
    return str(given).lower() if isinstance(given, bool) else str(given)


def value(column: Column, text: SparkColumn) -> SparkColumn:
    """The text as a value of the column's type; null where it is none."""
    if column.type == "string":
        return text
    if column.type in ("date", "timestamp"):
        return _time(column, text)
    kind = spark_type(column.type)
    if column.type in _SPARK_TYPES:
        return _whole(text, kind)
    decimal = _DECIMAL.fullmatch(kind)
    if decimal:
        return F.when(text.rlike(rf"^[+-]?(?=\.?\d)\d*(\.\d{{0,{decimal[2]}}}0*)?$"), text.cast(kind))
    if kind == "double":
        read = text.cast(kind)
        return F.when(text.rlike(_NUMBER) & (F.abs(read) != F.lit(float("inf"))), read)
    return text.cast(kind)


def _whole(text: SparkColumn, kind: str) -> SparkColumn:
    """Exports of numbers with gaps write 7.0 for 7; Spark would take 7.5 for 7, too."""
    return F.when(text.contains("."), F.regexp_extract(text, r"^([+-]?[0-9]+)[.]0*$", 1)).otherwise(text).cast(kind)


def _time(column: Column, text: SparkColumn) -> SparkColumn:
    pattern = column.rules.get("format")
    if pattern:
        read = F.try_to_timestamp(text, F.lit(pattern))
    else:
        read = F.when(text.rlike(_PLAIN_UTC), F.left(text, F.lit(_PLAIN_CHARACTERS)).cast("timestamp"))
        read = read.when(text.rlike(_DATE_FIRST), text.cast("timestamp"))
    if column.type == "timestamp" and "zone" in column.rules:
        read = _in_zone(read, text, pattern, column.rules["zone"])
    in_range = read.between(*(F.lit(bound).cast("timestamp") for bound in (_FIRST, _LAST)))
    if column.type == "timestamp":
        return F.when(in_range, read)
    day = read.cast("date")
    # a format says what is to be read; without one a time of day would be lost unsaid
    whole = F.lit(True) if pattern else read == day.cast("timestamp")
    return F.when(in_range & whole, day)


def _in_zone(read: SparkColumn, text: SparkColumn, pattern: str | None, zone: str) -> SparkColumn:
    """`read` took the text for UTC; a text with a zone of its own is right so."""
    utc = F.to_utc_timestamp(read, zone)
    there = F.when(F.from_utc_timestamp(utc, zone) == read, utc)
    if pattern:
        return read if _ZONE_IN_PATTERN.search(pattern) else there
    return F.when(text.rlike(_ZONE_IN_TEXT), read).otherwise(there)
