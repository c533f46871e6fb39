"""Casts texts to the types of a recipe.

A text that would lose information is invalid: a number out of the type's range, more digits than the scale, a fraction
of a second beyond microseconds, a local time that the clocks of its zone skip. The zone of a time is the one in its
text, else the column's, else UTC. A date is the day that is written, in any zone.
"""

import re
from decimal import Decimal

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as F

from dataprep import catalyst
from dataprep.recipe import Column

_SPARK_TYPES = {"integer": "int", "long": "bigint"}
# texts that Spark would read, too: a year, a month, or a time of the current day
_DATE_FIRST = r"^\d{4}-\d{1,2}-\d{1,2}($|[T ])"
# digits beyond microseconds, and abbreviations for which Java chooses one of several zones (ZoneId.SHORT_IDS), such as
# Asia/Dhaka for BST; EST, MST and HST are names of zones
_AMBIGUOUS = (
    r"\.\d{6}\d*[1-9]|(ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST"
    r"|VST)$"
)
# the most frequent form of a timestamp; parsing its zone takes longer than the rest of the text
_PLAIN_UTC = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"
_PLAIN_CHARACTERS = len("yyyy-MM-ddTHH:mm:ss")
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
# pattern letters of a zone: https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html
_ZONE_IN_PATTERN = re.compile(r"[VzOXxZ](?=(?:[^']*'[^']*')*[^']*$)")
# the name of a region, and such a name after a time of day
_REGION = "[A-Za-z][A-Za-z0-9~/._+-]+"
_REGION_LAST = rf"[T ][0-9:.]+ *({_REGION})$"
_PARTS_OF_PATTERN = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|.", re.DOTALL)
# a zone that no text has
_OTHER_ZONE = "+17:59"
_FIRST, _LAST = "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"


def spark_type(name: str) -> str:
    """Spark's name of a recipe's type."""
    return _SPARK_TYPES.get(name, name)


def literal(given: str | int | Decimal | bool) -> str:
    """A value of a recipe as the text that would be in a source."""
    if isinstance(given, bool):
        return str(given).lower()
    return f"{given:f}" if isinstance(given, Decimal) else str(given)


def typed_literal(column: Column, given: str | int | Decimal | bool) -> SparkColumn:
    """A value of a recipe, written in the column's format or in ISO 8601, cast to the column's type."""
    text = F.lit(literal(given))
    return F.coalesce(value(column, text), converted(column.type, text))


def converted(kind: str, text: SparkColumn) -> SparkColumn:
    """The text cast to a type of Spark; null if it is invalid."""
    return value(Column("", "", kind, {}), text)


def in_range(time: SparkColumn, kind: str) -> SparkColumn:
    """Whether a date or timestamp has a year from 1 to 9999, which all readers of the data set support."""
    return time.between(*(F.lit(bound).cast(kind) for bound in (_FIRST, _LAST)))


def value(column: Column, text: SparkColumn) -> SparkColumn:
    """The text cast to the column's type; null if it is invalid."""
    if column.type == "string":
        return text
    pattern, zone = column.rules.get("format"), column.rules.get("zone", "UTC")
    if column.type == "date":
        return _date(text, pattern)
    if column.type == "timestamp":
        read = _formatted(text, pattern, zone) if pattern else _timestamp(text, zone)
        return F.when(in_range(read, "timestamp"), read)
    kind = spark_type(column.type)
    if column.type in _SPARK_TYPES or column.type in _SPARK_TYPES.values():
        return _whole(text, kind)
    decimal = _DECIMAL.fullmatch(kind)
    if decimal:
        return F.when(text.rlike(rf"^[+-]?(?=\.?\d)\d*(\.\d{{0,{decimal[2]}}}0*)?$"), text.cast(kind))
    if kind == "double":
        read = text.cast(kind)
        return F.when(text.rlike(_NUMBER) & (F.abs(read) != F.lit(float("inf"))), read)
    return text.cast(kind)


def _whole(text: SparkColumn, kind: str) -> SparkColumn:
    """Accepts 7.0, which exports of nullable integers write for 7; Spark's cast alone would also accept 7.5."""
    return F.when(text.contains("."), F.regexp_extract(text, r"^([+-]?[0-9]+)[.]0*$", 1)).otherwise(text).cast(kind)


def _date(text: SparkColumn, pattern: str | None) -> SparkColumn:
    """The day that is written, in any zone; without a format, a time of day other than midnight is invalid."""
    if pattern:
        day = F.to_timestamp_ntz(text, F.lit(pattern)).cast("date")
        return F.when(in_range(day, "date"), day)
    written = F.when(text.rlike(_DATE_FIRST), text.cast("timestamp_ntz"))
    day = written.cast("date")
    return F.when(in_range(day, "date") & (written == day.cast("timestamp_ntz")), day)


def _timestamp(text: SparkColumn, zone: str) -> SparkColumn:
    plain = F.when(text.rlike(_PLAIN_UTC), F.left(text, F.lit(_PLAIN_CHARACTERS)).cast("timestamp"))
    read = text.cast("timestamp")
    if zone != "UTC":
        has_zone = read == catalyst.cast(text, "timestamp", "TRY", _OTHER_ZONE)
        read = F.when(has_zone, read).otherwise(_in_zone(read, zone))
    # most names of regions end in a letter, which is faster to check than the expression
    ends_in_digit = F.right(text, F.lit(1)) <= "9"
    region = F.when(ends_in_digit, "").otherwise(F.regexp_extract(text, _REGION_LAST, 1))
    read = _unless_skipped(read, text.cast("timestamp_ntz"), region)
    return plain.when(text.rlike(_DATE_FIRST) & ~text.rlike(_AMBIGUOUS), read)


def _formatted(text: SparkColumn, pattern: str, zone: str) -> SparkColumn:
    read = F.try_to_timestamp(text, F.lit(pattern))
    if region := _region_by(pattern):
        return _unless_skipped(read, F.to_timestamp_ntz(text, F.lit(pattern)), F.regexp_extract(text, region, 1))
    return read if zone == "UTC" or _ZONE_IN_PATTERN.search(pattern) else _in_zone(read, zone)


def _region_by(pattern: str) -> str | None:
    """A regular expression whose group is the region in a text of the pattern; None if the pattern has no region."""
    found, has_region = "", False
    for part in _PARTS_OF_PATTERN.finditer(pattern):
        if part[0].startswith("'"):
            found += re.escape(part[0][1:-1].replace("''", "'") or "'")
        elif part[1] == "V":
            found, has_region = f"{found}({_REGION})", True
        elif part[1]:
            found += ".+?"
        else:
            found += {"[": "(?:", "]": ")?"}.get(part[0], re.escape(part[0]))
    return f"^{found}$" if has_region else None


def _unless_skipped(read: SparkColumn, local: SparkColumn, region: SparkColumn) -> SparkColumn:
    """Null for a local time that the clocks of its region skip; Spark would read a later time."""
    is_known = F.concat(F.lit("2000-01-01 00:00:00 "), region).cast("timestamp").isNotNull()
    is_shown = F.from_utc_timestamp(read, region) == local.cast("timestamp")
    return F.when((region == "") | ~is_known | is_shown, read)


def _in_zone(local: SparkColumn, zone: str) -> SparkColumn:
    """Converts a local time of a zone, which was read as UTC; null if the clocks skip it."""
    utc = F.to_utc_timestamp(local, zone)
    return F.when(F.from_utc_timestamp(utc, zone) == local, utc)
