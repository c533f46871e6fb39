"""Types: how a text becomes a value of one, and which texts are none.

A text that would lose something on the way is none: a number beyond its type, digits beyond its scale, a fraction of a
second beyond microseconds, a local time that the clocks of its zone skip. The zone of a time is the one in its text, or
the column's, or UTC; a date is the day that is written.
"""

import re
from decimal import Decimal

from pyspark.sql import Column as SparkColumn
from pyspark.sql import functions as F

from dataprep import catalyst
from dataprep.recipe import Column

_SPARK_TYPES = {"integer": "int", "long": "bigint"}
# these patterns take texts away and decide nothing else: Spark reads years, months and times of day of today, too
_DATE_FIRST = r"^\d{4}-\d{1,2}-\d{1,2}($|[T ])"
# digits beyond microseconds; abbreviations that Java gives one zone of several (java.time.ZoneId.SHORT_IDS), such as
# Dhaka's for BST, while EST, MST and HST are names of zones
_NOT_CERTAIN = (
    r"\.\d{6}\d*[1-9]|(ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST"
    r"|VST)$"
)
# the form in which most systems write a point in time; reading its zone takes longer than all the rest of it
_PLAIN_UTC = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"
_PLAIN_CHARACTERS = len("yyyy-MM-ddTHH:mm:ss")
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")
# letters by which a pattern reads a zone of its own: https://spark.apache.org/docs/latest/sql-ref-datetime-pattern.html
_ZONE_IN_PATTERN = re.compile(r"[VzOXxZ](?=(?:[^']*'[^']*')*[^']*$)")
# the name of a region behind a time of day, and any in a text of a pattern
_REGION = "[A-Za-z][A-Za-z0-9~/._+-]+"
_REGION_LAST = rf"[T ][0-9:.]+ *({_REGION})$"
_PARTS_OF_PATTERN = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|.", re.DOTALL)
# no text in use has it for its own zone
_OTHER_ZONE = "+17:59"
_FIRST, _LAST = "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"


def spark_type(name: str) -> str:
    """The recipe's word for a type as Spark's."""
    return _SPARK_TYPES.get(name, name)


def literal(given: str | int | Decimal | bool) -> str:
    """A value of a recipe as the text that a source would hold."""
    if isinstance(given, bool):
        return str(given).lower()
    return f"{given:f}" if isinstance(given, Decimal) else str(given)


def typed_literal(column: Column, given: str | int | Decimal | bool) -> SparkColumn:
    """A value of a recipe as one of the column's type, written as in the source or in ISO 8601."""
    text = F.lit(literal(given))
    return F.coalesce(value(column, text), converted(column.type, text))


def converted(kind: str, text: SparkColumn) -> SparkColumn:
    """The text as a value of a type of Spark's; null where it is none."""
    return value(Column("", "", kind, {}), text)


def in_range(time: SparkColumn, kind: str) -> SparkColumn:
    """Whether a date or timestamp has a year of four digits, as all that reads the data set can read."""
    return time.between(*(F.lit(bound).cast(kind) for bound in (_FIRST, _LAST)))


def value(column: Column, text: SparkColumn) -> SparkColumn:
    """The text as a value of the column's type; null where it is none."""
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
    """Exports of numbers with gaps write 7.0 for 7; Spark would take 7.5 for 7, too."""
    return F.when(text.contains("."), F.regexp_extract(text, r"^([+-]?[0-9]+)[.]0*$", 1)).otherwise(text).cast(kind)


def _date(text: SparkColumn, pattern: str | None) -> SparkColumn:
    """The day that is written, in whatever zone; a format may leave a time of day out, without one it would be lost."""
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
    # the name of a region ends in a letter, most of the time; a look for one takes longer
    ends_in_digit = F.right(text, F.lit(1)) <= "9"
    region = F.when(ends_in_digit, "").otherwise(F.regexp_extract(text, _REGION_LAST, 1))
    read = _unless_skipped(read, text.cast("timestamp_ntz"), region)
    return plain.when(text.rlike(_DATE_FIRST) & ~text.rlike(_NOT_CERTAIN), read)


def _formatted(text: SparkColumn, pattern: str, zone: str) -> SparkColumn:
    read = F.try_to_timestamp(text, F.lit(pattern))
    if region := _region_by(pattern):
        return _unless_skipped(read, F.to_timestamp_ntz(text, F.lit(pattern)), F.regexp_extract(text, region, 1))
    return read if zone == "UTC" or _ZONE_IN_PATTERN.search(pattern) else _in_zone(read, zone)


def _region_by(pattern: str) -> str | None:
    """A regular expression that finds the region in a text of a pattern, if the pattern has one."""
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
    """The time, unless it was written as a local time that the clocks of its region skip: Spark takes a later one."""
    is_known = F.concat(F.lit("2000-01-01 00:00:00 "), region).cast("timestamp").isNotNull()
    is_shown = F.from_utc_timestamp(read, region) == local.cast("timestamp")
    return F.when((region == "") | ~is_known | is_shown, read)


def _in_zone(local: SparkColumn, zone: str) -> SparkColumn:
    """The time of a zone's clocks that was taken for one of UTC."""
    utc = F.to_utc_timestamp(local, zone)
    return F.when(F.from_utc_timestamp(utc, zone) == local, utc)
