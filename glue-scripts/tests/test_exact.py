"""Expressions give the exact result or null; see also test_exact_properties.py."""

from typing import Any

import pytest
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from dataprep import exact, settings
from dataprep.expressions import ExpressionError

_ROW = """
    2000000 q, 3000 p, 9007199254740993L n, -9223372036854775808L least, -1.5D x, 1e300D y, 9007199254740992D z,
    9223372036854775807L most, 9223372036854775808D beyond, '5.7' t, 0.000000123456789012BD * 1BD small,
    cast(1000 as decimal(38,18)) wide, cast(0.000000123456789012 as decimal(38,18)) rate, 12.345BD e,
    date '2024-01-15' day, timestamp '2024-01-15 10:30:00' at
"""


@pytest.fixture
def row(spark: SparkSession) -> DataFrame:
    settings.apply(spark)
    return spark.sql(f"select {_ROW}")


def _text(value: Any) -> Any:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


_ROW_BY_ROW: list[tuple[str, str, Any]] = [
    ("q * p", "bigint", 6000000000),
    ("q * p", "int", None),
    ("q * p * q * p", "bigint", None),
    ("-(q * p)", "bigint", -6000000000),
    ("coalesce(q * p, 0)", "bigint", 6000000000),
    ("case when q * p > 5000000000 then q * p else 0 end", "bigint", 6000000000),
    ("greatest(q * p, q)", "bigint", 6000000000),
    ("q * p = 6000000000", "boolean", True),
    ("n", "int", None),
    ("cast(n as int)", "bigint", None),
    ("cast(q as smallint)", "int", None),
    ("n + most", "bigint", None),
    ("-least", "bigint", None),
    ("abs(least)", "bigint", None),
    ("abs(-q)", "int", 2000000),
    ("least div -1", "bigint", None),
    ("7 div 2", "bigint", 3),
    ("round(least, -1)", "bigint", None),
    ("round(q, -6)", "int", 2000000),
    ("floor(y)", "bigint", None),
    ("ceil(x)", "int", -1),
    ("x", "int", None),
    ("y", "bigint", None),
    ("beyond", "bigint", None),
    ("cast(beyond as bigint)", "bigint", None),
    ("q / 7", "int", None),
    ("q / 4", "int", 500000),
    ("n", "double", "9.007199254740992E15"),
    ("cast(7.9 as int)", "int", None),
    ("cast('7.9' as int)", "int", None),
    ("cast(t as decimal(3,1))", "decimal(3,1)", "5.7"),
    ("cast(t as decimal(3,0))", "decimal(3,1)", None),
    ("t", "decimal(3,2)", "5.70"),
    ("t", "int", None),
    ("e", "decimal(6,2)", None),
    ("round(e, 2)", "decimal(6,2)", "12.35"),
    ("0.1D", "decimal(10,2)", "0.10"),
    ("0.1D + 0.2D", "decimal(10,2)", None),
    ("round(0.1D + 0.2D, 2)", "decimal(10,2)", "0.30"),
    ("rate * wide", "decimal(38,18)", "0.000123456789012000"),
    ("wide * wide", "decimal(38,18)", None),
    ("sqrt(x)", "double", None),
    ("y * y", "double", None),
    ("1 / (y * y)", "double", None),
    ("y * y > 1", "boolean", None),
    ("cast('NaN' as double)", "double", None),
    ("cast('Infinity' as double) > 1", "boolean", None),
    ("cast(0.1D as float)", "double", None),
    ("n = z", "boolean", False),
    ("n - 1 = z", "boolean", True),
    ("n > z", "boolean", True),
    ("z < n", "boolean", True),
    ("n <=> z", "boolean", False),
    ("n between z and 1e300D", "boolean", True),
    ("most = beyond", "boolean", False),
    ("most < beyond", "boolean", True),
    ("beyond <= most", "boolean", False),
    ("concat(rate, '')", "string", "0.000000123456789012"),
    ("rate", "string", "0.000000123456789012"),
    ("2", "boolean", None),
    ("1", "boolean", True),
    ("at", "date", None),
    ("cast(at as date)", "date", "2024-01-15"),
    ("day", "timestamp", "2024-01-15 00:00:00"),
    ("cast(cast(day + interval 9000 years as date) as string)", "date", None),
    ("day + interval 9000 years", "date", None),
    ("at - interval 3000 years", "timestamp", None),
    ("aggregate(array(q, q), 0, (a, b) -> a + b)", "int", 4000000),
    ("null", "int", None),
]
_OVER_GROUPS: list[tuple[str, str, Any]] = [
    ("sum(q * p)", "bigint", 6000000000),
    ("max(q * p)", "bigint", 6000000000),
    ("sum(distinct q)", "bigint", 2000000),
    ("sum(q * p) filter (where q > 5)", "bigint", 6000000000),
    ("sum(most) - sum(most)", "bigint", 0),
    ("sum(n) * sum(n)", "bigint", None),
    ("sum(q) + sum(p)", "bigint", 2003000),
    ("count(*)", "int", 1),
    ("avg(q)", "decimal(10,1)", "2000000.0"),
    ("max(sqrt(x))", "double", None),
    ("sum(y * y)", "double", None),
    ("sum(rate * wide)", "decimal(38,18)", "0.000123456789012000"),
]
_ENDING = [
    "sum(n * n)",
    "sum(cast(n as int))",
    "sum(cast(x as int))",
    "max(-least)",
    "sum(wide * wide)",
    "max(abs(least))",
]
_REFUSED = [
    ("t = 5", "a text where a number is required"),
    ("t + 1", "a text where a number is required"),
    ("e in ('12.345')", "a number is compared with a text"),
    ("n in (1.5D, z)", "cannot be compared by IN"),
    ("cast(e as decimal(38,20)) * cast(e as decimal(38,20))", "20 and 20 digits after the point"),
    ("{}".format("cast(" * 12 + "x" + " as int)" * 12), "too large"),
]


def test_what_has_no_exact_value_is_null(row: DataFrame) -> None:
    found = row.select(*(exact.value(row, text, kind).cast("string") for text, kind, _ in _ROW_BY_ROW)).first()
    assert [(text, kind, value) for (text, kind, _), value in zip(_ROW_BY_ROW, found or (), strict=True)] == [
        (text, kind, _text(value)) for text, kind, value in _ROW_BY_ROW
    ]


def test_a_measure_without_an_exact_value_is_null(row: DataFrame) -> None:
    groups = row.groupBy()
    found = groups.agg(*(exact.measure(groups, text, kind).cast("string") for text, kind, _ in _OVER_GROUPS)).first()
    assert list(found or ()) == [_text(value) for _, _, value in _OVER_GROUPS]


def test_a_sum_of_longs_beyond_all_longs_is_null(spark: SparkSession, row: DataFrame) -> None:
    groups = row.union(row).groupBy()
    assert groups.agg(exact.measure(groups, "sum(most)", "bigint")).first() == (None,)


@pytest.mark.parametrize("text", _ENDING)
def test_what_an_aggregate_function_would_leave_out_ends_the_run(row: DataFrame, text: str) -> None:
    groups = row.groupBy()
    with pytest.raises(PySparkException, match=r"overflow: .* has no exact value"):
        groups.agg(exact.measure(groups, text, "bigint")).first()


@pytest.mark.parametrize(("text", "message"), _REFUSED)
def test_what_spark_would_compare_by_guess_is_refused(row: DataFrame, text: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        exact.value(row, text, "string")
