"""Parquet: from each file only the recipe's columns, with the types that they have in this file."""

from pathlib import Path
from typing import Any

import parquet_writer
import pytest
from conftest import Run, recipe_of
from pyspark.sql import SparkSession

from dataprep.failures import SourceError

PARQUET = {"type": "parquet"}
ID: dict[str, Any] = {"name": "id", "type": "integer", "required": True}
ID_FIELD = "required int32 id"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "raw/run_id=r1/rows"


def column(kind: str, **more: Any) -> dict[str, Any]:
    return {"name": "v", "type": kind, **more}


def values(run: Run, kind: str, **more: Any) -> list[str]:
    outcome = run(recipe_of(ID, column(kind, **more), format=PARQUET), {})
    return [line.partition(",")[2] for line in outcome.csv[1:]]


# the declaration of a field, its value, the recipe's type, and the cell in output.csv, or None if it is quarantined
_TYPES: list[tuple[str, Any, str, str | None]] = [
    ("double", 12345678.0, "long", "12345678"),
    ("double", 2000000000.0, "integer", "2000000000"),
    ("double", -12345678.25, "decimal(12,2)", "-12345678.25"),
    ("double", 0.00001, "decimal(10,5)", "0.00001"),
    ("double", 9007199254740992.0, "long", "9007199254740992"),
    ("double", 9007199254740994.0, "long", None),
    ("double", 1e300, "double", "1.0E300"),
    ("double", 12345678.0, "string", "12345678.0"),
    ("double", float("nan"), "double", None),
    ("float", 16777216.0, "integer", "16777216"),
    ("float", 0.1, "double", "0.1"),
    ("int32", -7, "string", "'-7"),
    ("int64 (INTEGER(64,false))", -1, "decimal(20,0)", "18446744073709551615"),
    ("int32 (INTEGER(32,false))", -1, "long", "4294967295"),
    ("int32 (DECIMAL(9,8))", 1, "string", "0.00000001"),
    ("int32 (DECIMAL(9,8))", -12, "string", "'-0.00000012"),
    ("int32 (DECIMAL(9,8))", 0, "string", "0.00000000"),
    ("int32 (DECIMAL(9,2))", 123456, "decimal(9,2)", "1234.56"),
    ("boolean", True, "boolean", "true"),
    ("binary (STRING)", "ä", "string", "ä"),
    ("binary (STRING)", b"\xff\xfe", "string", None),
    ("binary", "written by an old program", "string", "written by an old program"),
    ("binary", bytes.fromhex("00ff1080"), "string", None),
    ("fixed_len_byte_array(4)", bytes.fromhex("c3289a9b"), "string", None),
    ("binary (ENUM)", "A", "string", "A"),
    ("int32 (DATE)", 19737, "date", "2024-01-15"),
    ("int32 (DATE)", 19737, "timestamp", "2024-01-15T00:00:00Z"),
    ("int64 (TIMESTAMP(MILLIS,true))", 1705312800123, "timestamp", "2024-01-15T10:00:00.123Z"),
    ("int64 (TIMESTAMP(MICROS,false))", 1705312800000001, "timestamp", "2024-01-15T10:00:00.000001Z"),
    ("int64 (TIMESTAMP(NANOS,true))", 1705312800000000000, "timestamp", "2024-01-15T10:00:00Z"),
    ("int64 (TIMESTAMP(NANOS,true))", 1705312800000001000, "timestamp", "2024-01-15T10:00:00.000001Z"),
    ("int64 (TIMESTAMP(NANOS,true))", -1000, "timestamp", "1969-12-31T23:59:59.999999Z"),
    ("int64 (TIMESTAMP(NANOS,true))", 1705312800000000001, "string", "2024-01-15 10:00:00.000000001Z"),
    ("int64 (TIMESTAMP(MILLIS,true))", 1705276800000, "date", "2024-01-15"),
    ("int64 (TIMESTAMP(MILLIS,true))", 1705312800000, "date", None),
]


def test_a_value_is_what_the_file_holds_or_the_row_is_quarantined(run: Run, spark: SparkSession, source: Path) -> None:
    """All types at once, with a column and a row for each."""
    fields = [
        ID_FIELD,
        *(
            f"optional {kind.replace(' ', f' c{place} ', 1)}" if " " in kind else f"optional {kind} c{place}"
            for place, (kind, *_) in enumerate(_TYPES)
        ),
    ]
    rows = [
        [at, *(value if place == at else None for place, (_, value, *_) in enumerate(_TYPES))]
        for at in range(len(_TYPES))
    ]
    parquet_writer.write(spark, source / "a.parquet", fields, rows)
    columns = [{"name": f"c{place}", "type": kind} for place, (_, _, kind, _) in enumerate(_TYPES)]
    outcome = run(recipe_of(ID, *columns, format=PARQUET), {})
    found = {int(line.split(",")[0]): "".join(line.split(",")[1:]) for line in outcome.csv[1:]}
    wanted = {at: text for at, (*_, text) in enumerate(_TYPES) if text is not None}
    assert found == wanted


def test_a_format_is_for_texts_not_for_dates(run: Run, spark: SparkSession, source: Path) -> None:
    parquet_writer.write(spark, source / "a.parquet", [ID_FIELD, "optional int32 v (DATE)"], [[1, 19737]])
    assert values(run, "date", format="dd.MM.yyyy") == ["2024-01-15"]


def test_each_file_is_read_by_its_own_types(run: Run, spark: SparkSession, source: Path) -> None:
    held = {
        "optional int32 v": 1,
        "optional int64 v": 2,
        "optional double v": 3.0,
        "optional binary v (STRING)": "4",
        "optional int32 v (UNKNOWN)": None,
        "optional fixed_len_byte_array(16) other (UUID)": bytes(16),
    }
    for place, (field, value) in enumerate(held.items()):
        parquet_writer.write(spark, source / f"{place}.parquet", [ID_FIELD, field], [[place, value]])
    assert values(run, "long") == ["1", "2", "3", "4", "", ""]


def test_columns_that_are_not_taken_cannot_fail_a_run(run: Run, spark: SparkSession, source: Path) -> None:
    other = [
        "optional fixed_len_byte_array(16) key (UUID)",
        "optional fixed_len_byte_array(2) half (FLOAT16)",
        "optional fixed_len_byte_array(12) span (INTERVAL)",
        "optional int64 Other",
        "optional binary OTHER (STRING)",
    ]
    parquet_writer.write(spark, source / "a.parquet", [ID_FIELD, "optional int32 v", *other], [[1, 7]])
    parquet_writer.write(spark, source / "b.parquet", [ID_FIELD, "optional int32 v", "optional boolean key"], [[2, 8]])
    assert values(run, "integer") == ["7", "8"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (["optional fixed_len_byte_array(16) v (UUID)"], "b.parquet: column v: .*UUID"),
        (["optional int32 v", "optional int32 V"], "b.parquet: column v: names differ in their case only: v, V"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_file(
    run: Run, spark: SparkSession, source: Path, fields: list[str], said: str
) -> None:
    parquet_writer.write(spark, source / "a.parquet", [ID_FIELD, "optional int32 v"], [[1, 7]])
    parquet_writer.write(spark, source / "b.parquet", [ID_FIELD, *fields], [[2]])
    with pytest.raises(SourceError, match=f"^source rows: .*{said}"):
        values(run, "integer")


def test_markers_and_hidden_files_are_no_data(run: Run, spark: SparkSession, source: Path) -> None:
    parquet_writer.write(spark, source / "day=1/[a] {b}.parquet", [ID_FIELD, "optional int32 v"], [[1, 7]])
    parquet_writer.write(spark, source / "_temporary/0/c.parquet", [ID_FIELD, "optional int32 v"], [[2, 8]])
    for name, content in {
        "_SUCCESS": b"",
        "day=1_$folder$": b"",
        ".crc": b"x",
        "_metadata": b"x",
        "empty": b"",
    }.items():
        (source / name).write_bytes(content)
    assert values(run, "integer") == ["7"]


def test_fields_of_objects_are_taken_by_their_paths_and_whole_ones_keep_their_nulls(
    run: Run, spark: SparkSession, source: Path
) -> None:
    group = "optional group o { optional int32 a; optional double b; }"
    parquet_writer.write(spark, source / "a.parquet", [ID_FIELD, group], [[1, [5, None]], [2, None]])
    columns = [{"name": "a", "from": "o.a", "type": "integer"}, {"name": "o", "type": "string"}]
    outcome = run(recipe_of(ID, *columns, format=PARQUET), {})
    assert outcome.csv[1:] == ['1,5,"{""a"":5,""b"":null}"', "2,,"]


def test_rows_are_counted_by_the_footers(run: Run, spark: SparkSession, source: Path) -> None:
    for name, rows in {"a": 3, "b": 5}.items():
        parquet_writer.write(spark, source / f"{name}.parquet", [ID_FIELD], [[row] for row in range(rows)])
    assert run(recipe_of(ID, format=PARQUET), {}).report["rows_in"] == 8
