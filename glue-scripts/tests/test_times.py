"""Dates and timestamps as texts, against Python's datetime and zoneinfo."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from random_numbers import EXAMPLES

from dataprep import settings, types
from dataprep.recipe import Column

_ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London", "Pacific/Apia"]
_OWN_IN_PYTHON = {
    "Z": UTC,
    " UTC": UTC,
    "+00:00": UTC,
    "+05:30": ZoneInfo("Asia/Kolkata"),
    " EST": ZoneInfo("EST"),
    " CET": ZoneInfo("CET"),
    " GMT+3": ZoneInfo("Etc/GMT-3"),
    " America/Port-au-Prince": ZoneInfo("America/Port-au-Prince"),
    "Europe/Berlin": ZoneInfo("Europe/Berlin"),
    " Australia/Lord_Howe": ZoneInfo("Australia/Lord_Howe"),
    " Pacific/Apia": ZoneInfo("Pacific/Apia"),
}


def _read(spark: SparkSession, texts: list[str], kind: str, **rules: Any) -> list[str | None]:
    settings.apply(spark)
    rows = spark.range(1).select(F.posexplode(F.array(*map(F.lit, texts))).alias("place", "text"))
    value = types.value(Column("c", "c", kind, rules), F.col("text")).cast("string")
    return [row[0] for row in rows.orderBy("place").select(value).collect()]


@pytest.mark.parametrize(
    ("zone", "text", "utc"),
    [
        ("Europe/Berlin", "2024-07-01", "2024-06-30 22:00:00"),
        ("Europe/Berlin", "2024-07-01 00:00", "2024-06-30 22:00:00"),
        ("Europe/Berlin", "2024-03-31T02:30:00", None),
        ("Europe/London", "2024-03-31T01:30:00", None),
        ("America/New_York", "2024-01-15 10:00:00 EST", "2024-01-15 15:00:00"),
        ("America/New_York", "2024-01-15 16:00:00 CET", "2024-01-15 15:00:00"),
        ("America/New_York", "2024-01-15 10:00:00 America/Port-au-Prince", "2024-01-15 15:00:00"),
        ("America/New_York", "2024-01-15 10:00:00-05", "2024-01-15 15:00:00"),
        ("UTC", "2024-03-31T02:30:00 Europe/Berlin", None),
        ("Europe/London", "2024-03-31 2:30Europe/Berlin", None),
        ("UTC", "2024-03-31 02:30:00 CET", None),
        ("Europe/Berlin", "2024-03-31 01:30:00 Europe/London", None),
        ("Europe/Berlin", "2024-03-31 02:30:00 Asia/Tokyo", "2024-03-30 17:30:00"),
        ("UTC", "2024-03-31T03:30:00 Europe/Berlin", "2024-03-31 01:30:00"),
        ("UTC", "2024-10-27T02:30:00 Europe/Berlin", "2024-10-27 00:30:00"),
        ("UTC", "2024-03-31T02:30:00+01:00", "2024-03-31 01:30:00"),
        ("UTC", "2024-03-31T02:30:00 Europe/Atlantis", None),
        ("UTC", "2024-03-31T04:30:00[Europe/Berlin]", None),
        ("America/New_York", "2024-01-15 10:00:00", "2024-01-15 15:00:00"),
        ("Europe/London", "2024-07-01 10:00:00 BST", None),
        ("UTC", "2024-01-15T10:00:00 IST", None),
        ("UTC", "2024-01-15T10:00:00.1234567Z", None),
        ("UTC", "2024-01-15T10:00:00.123456000Z", "2024-01-15 10:00:00.123456"),
        ("UTC", "2024-01-15T10:00:00.5Z", "2024-01-15 10:00:00.5"),
        ("UTC", "9999-12-31T23:59:59Z", "9999-12-31 23:59:59"),
        ("UTC", "9999-12-31T23:59:59-01:00", None),
        ("UTC", "10000-01-01T00:00:00Z", None),
        ("UTC", "12:30", None),
    ],
)
def test_a_text_is_of_its_own_zone_or_the_columns(spark: SparkSession, zone: str, text: str, utc: str | None) -> None:
    assert _read(spark, [text], "timestamp", zone=zone) == [utc]


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("2024-01-15T00:00:00+02:00", None, "2024-01-15"),
        ("2024-01-15T19:00:00-05:00", None, None),
        ("2024-01-15T00:00:00Z", None, "2024-01-15"),
        ("2024-01-15 00:00:00 Asia/Tokyo", None, "2024-01-15"),
        ("2024-01-15 23:30 -05:00", "yyyy-MM-dd HH:mm XXX", "2024-01-15"),
        ("15.01.2024", "dd.MM.yyyy", "2024-01-15"),
        ("2024-015", "yyyy-DDD", "2024-01-15"),
        ("+12024-01-15", None, None),
        ("12024-01-15", "y-MM-dd", None),
        ("0000-01-01", None, None),
    ],
)
def test_a_date_is_the_day_that_is_written(
    spark: SparkSession, text: str, pattern: str | None, day: str | None
) -> None:
    assert _read(spark, [text], "date", **({"format": pattern} if pattern else {})) == [day]


_LOCAL = st.datetimes(datetime(1971, 1, 1), datetime(2037, 12, 31)).map(lambda each: each.replace(microsecond=0))


def _sum_of(parts: tuple[datetime, timedelta]) -> datetime:
    return parts[0] + parts[1]


def _utc(local: datetime, zone: Any) -> datetime | None:
    """The earlier of two times; None where the clocks skip the local time."""
    found = local.replace(tzinfo=zone).astimezone(UTC)
    return found if found.astimezone(zone).replace(tzinfo=None) == local else None


# days on which clocks of one of the zones skip some time, or show it twice
_TURNS = [
    datetime(2024, 3, 31, 1),
    datetime(2024, 10, 27, 2),
    datetime(2011, 12, 30),
    datetime(2024, 3, 10, 2),
    datetime(2024, 10, 6, 2),
]
_TIMES = st.one_of(
    _LOCAL,
    st.builds(lambda at, minutes: at + timedelta(minutes=minutes), st.sampled_from(_TURNS), st.integers(-90, 90)),
)


def _shown(time: datetime | None) -> str | None:
    return None if time is None else f"{time:%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize("pattern", [None, "dd.MM.yyyy HH:mm:ss"])
def test_times_of_all_zones_are_those_of_python(spark: SparkSession, pattern: str | None) -> None:
    @EXAMPLES
    @given(st.lists(_TIMES, min_size=60, max_size=60), st.sampled_from(_ZONES))
    def compare(times: list[datetime], zone: str) -> None:
        texts = [f"{each:%d.%m.%Y %H:%M:%S}" if pattern else each.isoformat() for each in times]
        rules = {"zone": zone} | ({"format": pattern} if pattern else {})
        found = _read(spark, texts, "timestamp", **rules)
        assert found == [_shown(_utc(each, ZoneInfo(zone))) for each in times], zone

    compare()


def test_a_zone_in_the_text_counts_once_whatever_the_columns(spark: SparkSession) -> None:
    own = st.sampled_from(list(_OWN_IN_PYTHON))

    @EXAMPLES
    @given(st.lists(st.tuples(_TIMES, own), min_size=60, max_size=60), st.sampled_from(_ZONES))
    def compare(cells: list[tuple[datetime, str]], zone: str) -> None:
        found = _read(spark, [f"{at.isoformat()}{suffix}" for at, suffix in cells], "timestamp", zone=zone)
        assert found == [_shown(_utc(at, _OWN_IN_PYTHON[suffix])) for at, suffix in cells], zone

    compare()


@pytest.mark.parametrize(
    ("pattern", "written"),
    [("dd.MM.yyyy HH:mm:ss VV", "{0:%d.%m.%Y %H:%M:%S} {1}"), ("VV'T'yyyyMMdd[ HH:mm:ss]", "{1}T{0:%Y%m%d %H:%M:%S}")],
)
def test_a_zone_by_a_format_is_that_of_python(spark: SparkSession, pattern: str, written: str) -> None:
    @EXAMPLES
    @given(st.lists(st.tuples(_TIMES, st.sampled_from(_ZONES)), min_size=60, max_size=60))
    def compare(cells: list[tuple[datetime, str]]) -> None:
        texts = [written.format(at, zone) for at, zone in cells]
        found = _read(spark, texts, "timestamp", format=pattern)
        assert found == [_shown(_utc(at, ZoneInfo(zone))) for at, zone in cells]

    compare()
    offsets = [written.format(datetime(2024, 3, 31, 2, 30), zone) for zone in ("+01:00", "Z", "europe/berlin")]
    assert _read(spark, offsets, "timestamp", format=pattern)[:2] == ["2024-03-31 01:30:00", "2024-03-31 02:30:00"]


def test_days_are_those_of_python(spark: SparkSession) -> None:
    days = st.dates(date(1, 1, 1), date(9999, 12, 31))

    @EXAMPLES
    @given(st.lists(st.tuples(days, st.sampled_from(["", "T00:00:00", "T00:00:00Z", "T00:00:00-11:00"])), min_size=60))
    def compare(cells: list[tuple[date, str]]) -> None:
        found = _read(spark, [f"{day.isoformat()}{suffix}" for day, suffix in cells], "date")
        assert found == [day.isoformat() for day, _ in cells]

    compare()
