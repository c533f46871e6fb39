"""Casts and column rules: one row for each case."""

from typing import Any

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from dataprep.columns import typed
from dataprep.names import FILE, MALFORMED, QUARANTINE, REASONS
from dataprep.recipe import Column, Source


def checked(
    spark: SparkSession, texts: list[str | None], form: dict[str, Any] | None = None, **rules: Any
) -> list[Any]:
    """Value and reasons of each text as a column `c` of a source `s`."""
    source = Source("s", {"type": "csv", **(form or {})}, (Column("c", "c", rules["type"], rules),))
    row = [
        F.struct(
            F.lit(text).cast("string").alias("c"), F.lit(None).cast("string").alias(MALFORMED), F.lit("f").alias(FILE)
        )
        for text in texts
    ]
    # built within Spark, which would start Python processes for a list of rows
    rows = spark.range(1).select(F.inline(F.array(*row)))
    spark.conf.set("spark.sql.ansi.enabled", "false")
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    found = (
        typed(source, rows)
        .selectExpr(
            "cast(c as string) as c", f"transform(coalesce({QUARANTINE}.{REASONS}, array()), r -> r.rule) as reasons"
        )
        .collect()
    )
    return [(row["c"], row["reasons"]) for row in found]


@pytest.mark.parametrize(
    ("kind", "valid", "invalid"),
    [
        (
            "integer",
            {"7": "7", "-2147483648": "-2147483648", "7.00": "7"},
            ["x", "1.5", ".", "2147483648", "1e3", "NaN"],
        ),
        ("long", {"9223372036854775807": "9223372036854775807"}, ["9223372036854775808", "1,000"]),
        ("double", {"1.5": "1.5", "1e3": "1000.0"}, ["x", "1,5"]),
        ("boolean", {"true": "true", "FALSE": "false"}, ["maybe"]),
        ("decimal(4,2)", {"12.34": "12.34"}, ["123.45", "x"]),
        ("date", {"2024-02-29": "2024-02-29"}, ["2023-02-29", "29.02.2024", "2024-02-29T10:00", "2024"]),
        ("timestamp", {"2024-01-01T10:00:00Z": "2024-01-01 10:00:00"}, ["2024-01-01T25:00:00Z", "10:30", "2024-01"]),
    ],
)
def test_a_text_becomes_a_value_or_a_reason(
    spark: SparkSession, kind: str, valid: dict[str, str], invalid: list[str]
) -> None:
    found = checked(spark, [*valid, *invalid], type=kind)
    assert found[: len(valid)] == [(value, []) for value in valid.values()]
    assert found[len(valid) :] == [(None, [f"not of type {kind}"]) for _ in invalid]


def test_a_date_can_have_a_format_of_its_own(spark: SparkSession) -> None:
    found = checked(spark, ["29.02.2024", "2024-02-29"], type="date", format="dd.MM.yyyy")
    assert found == [("2024-02-29", []), (None, ["not of type date"])]


def test_null_markers_and_empty_texts_are_no_value(spark: SparkSession) -> None:
    found = checked(spark, ["NA", "", "  ", None, "7"], {"nullValues": ["NA"]}, type="integer", required=True)
    assert found == [(None, ["required"])] * 4 + [("7", [])]


def test_spaces_are_dropped_unless_they_are_wanted(spark: SparkSession) -> None:
    assert checked(spark, [" a "], type="string") == [("a", [])]
    assert checked(spark, [" a "], type="string", trim=False) == [(" a ", [])]


def test_a_default_stands_for_a_missing_value_and_not_for_a_wrong_one(spark: SparkSession) -> None:
    found = checked(spark, ["", "x"], type="integer", required=True, default=0)
    assert found == [("0", []), (None, ["not of type integer"])]
    assert checked(spark, [""], type="boolean", default=True) == [("true", [])]


@pytest.mark.parametrize(
    ("rules", "valid", "invalid", "reason"),
    [
        ({"type": "string", "allowed": ["a", "b"]}, "b", "c", "not an allowed value"),
        ({"type": "integer", "allowed": [1, 2]}, "+2", "3", "not an allowed value"),
        ({"type": "boolean", "allowed": [True]}, "TRUE", "false", "not an allowed value"),
        ({"type": "string", "pattern": "[A-Z]{2}"}, "AB", "ABC", "does not match the pattern"),
        ({"type": "string", "pattern": "a|b"}, "a", "ax", "does not match the pattern"),
        ({"type": "integer", "range": {"min": 5}}, "5", "4", "less than 5"),
        ({"type": "double", "range": {"max": 1.5}}, "1.5", "1.6", "more than 1.5"),
        ({"type": "date", "range": {"min": "2024-01-01"}}, "2024-01-01", "2023-12-31", "less than 2024-01-01"),
        ({"type": "string", "length": {"min": 2}}, "ab", "a", "shorter than 2"),
        ({"type": "string", "length": {"max": 2}}, "ab", "abc", "longer than 2"),
    ],
)
def test_each_rule_lets_good_values_pass_and_names_what_is_wrong(
    spark: SparkSession, rules: dict[str, Any], valid: str, invalid: str, reason: str
) -> None:
    assert checked(spark, [valid, invalid, ""], **rules) == [
        (checked(spark, [valid], type=rules["type"])[0][0], []),
        (checked(spark, [invalid], type=rules["type"])[0][0], [reason]),
        (None, []),
    ]


def test_every_reason_is_given(spark: SparkSession) -> None:
    found = checked(spark, ["abcd"], type="string", allowed=["x"], pattern="[0-9]+", length={"max": 3})
    assert found[0][1] == ["not an allowed value", "does not match the pattern", "longer than 3"]


def test_a_text_that_is_not_of_the_encoding_is_reported(spark: SparkSession) -> None:
    assert checked(spark, ["M\ufffdnchen"], {"encoding": "UTF-16"}, type="string")[0][1] == ["not of encoding UTF-16"]


def test_rows_that_share_a_value_are_all_told_and_those_without_are_not(spark: SparkSession) -> None:
    found = checked(spark, ["a", "b", "a", "", "", "c"], type="string", unique=True)
    assert sorted(found, key=str) == [
        ("a", ["not unique"]),
        ("a", ["not unique"]),
        ("b", []),
        ("c", []),
        (None, []),
        (None, []),
    ]
