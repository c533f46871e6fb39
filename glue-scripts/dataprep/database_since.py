"""The condition by which an incremental run reads only the rows that may be new."""

import re
from datetime import datetime, timedelta
from typing import Any

from pyspark.sql import SparkSession

from dataprep.database_dialects import Dialect, Reading
from dataprep.database_settings import Since
from dataprep.recipe import Source

_INTEGER = re.compile(r"-?\d{1,19}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?Z")
_MIDNIGHT = " 00:00:00"
# of a local time that the clocks show twice, the recipe takes the first; a later row may have an earlier local time
_CLOCK_CHANGE = timedelta(hours=1)


class WrongSince(Exception):
    """The value cannot be compared with the column."""


def condition(spark: SparkSession, source: Source, dialect: Dialect, since: Since, reading: Reading) -> str:
    """The condition in SQL, which includes the value itself; raises WrongSince."""
    value = since.value or ""
    name = dialect.quoted(since.column)
    if _INTEGER.fullmatch(value) and (reading.type in ("integer", "long") or reading.type.startswith("decimal")):
        return f"{name} >= {value}"
    if _DATE.fullmatch(value) and reading.type in ("date", "timestamp"):
        return f"{name} >= {_from_date(dialect, value, reading)}"
    if _TIMESTAMP.fullmatch(value) and reading.type in ("date", "timestamp"):
        return f"{name} >= {_from_timestamp(spark, source, dialect, since, reading)}"
    raise WrongSince(
        f"since: invalid value '{value}' for the column {since.column}; must be an integer for an integer or decimal "
        "column, or a date or timestamp for such a column"
    )


def _from_date(dialect: Dialect, value: str, reading: Reading) -> str:
    if reading.type == "date":
        return f"date '{value}'"
    return dialect.instant(value + _MIDNIGHT) if reading.is_instant else f"timestamp '{value}{_MIDNIGHT}'"


def _from_timestamp(spark: SparkSession, source: Source, dialect: Dialect, since: Since, reading: Reading) -> str:
    value = since.value or ""
    if reading.is_instant:
        return dialect.instant(value.rstrip("Z").replace("T", " "))
    local = _local(spark, value, _zone(source, since.column))
    return f"date '{local:%Y-%m-%d}'" if reading.type == "date" else f"timestamp '{local.isoformat(' ')}'"


def _zone(source: Source, origin: str) -> str:
    zones = {column.rules.get("zone", "UTC") for column in source.columns if column.origin == origin}
    if len(zones) != 1:
        raise WrongSince(f"since: the recipe must have one column with the values of {origin}, which gives their zone")
    return str(zones.pop())


def _local(spark: SparkSession, value: str, zone: str) -> datetime:
    """The local time of the zone at this point in time, by the same rules as Spark's."""
    jvm: Any = spark._jvm
    moment, rules = jvm.java.time.Instant.parse(value), jvm.java.time.ZoneId.of(zone)
    local = datetime.fromisoformat(str(jvm.java.time.LocalDateTime.ofInstant(moment, rules)))
    return local if zone == "UTC" else local - _CLOCK_CHANGE
