"""output.csv reads back as the rows that were written, and no cell is a formula."""

import csv
import io
import json
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conftest import Outcome, Run, recipe_of, run_in
from hypothesis import given
from hypothesis import strategies as st
from pyspark.sql import SparkSession
from random_numbers import EXAMPLES

# the prefix of a cell that a spreadsheet would evaluate as a formula
_PUT_BEFORE = r"^'(?='*(?:[\t\r\n]|[\s\p{Z}\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20]))"
_KINDS = ["string", "boolean", "integer", "long", "double", "decimal(20,10)", "decimal(38,0)", "date", "timestamp"]
_PIECES = [
    *(
        "a",
        "=",
        "+1",
        "-",
        "@",
        "'",
        "''",
        '"',
        '""',
        ",",
        ";",
        "\\",
        "\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "\u3000",
        "\ufeff",
    ),
    *("\uff1d1", "\uff0b", "\u200b", "\u00e9", "\U0001f600", "#", "null", "NaN", "0", "1.5", "a,b", "\\N", "\u2028"),
]


def _value(random: Random, kind: str) -> Any:
    if random.random() < 0.15:
        return None
    if kind == "string":
        return "".join(random.choices(_PIECES, k=random.randint(1, 4)))
    if kind == "boolean":
        return random.random() < 0.5
    if kind in ("integer", "long"):
        bits = 31 if kind == "integer" else 63
        return random.choice([random.randint(-9, 9), -(2**bits), 2**bits - 1])
    if kind == "double":
        return random.choice([random.uniform(-5, 5), 1e-300, 1.7976931348623157e308, -0.0, 5e-324, 1e21, 0.1])
    if kind.startswith("decimal"):
        places = int(kind[:-1].split(",")[1])
        digits = random.choice([0, 1, -7, 123, random.randint(-(10**19), 10**19)])
        return (
            f"{'-' if digits < 0 else ''}{abs(digits) // 10**places}."
            + f"{abs(digits) % 10**places:0{places}d}"[:places]
        )
    day = f"{random.choice([1, 99, 1500, 1970, 2024, 9999]):04d}-0{random.randint(1, 9)}-1{random.randint(0, 9)}"
    return day if kind == "date" else f"{day}T0{random.randint(0, 9)}:30:00{random.choice(['', '.5', '.000001'])}Z"


def _dataset(spark: SparkSession, outcome: Outcome) -> Counter[tuple[Any, ...]]:
    rows = spark.read.parquet(outcome.report["dataset"])
    texts = rows.selectExpr(*(f"cast({name} as string) as {name}" for name in rows.columns)).collect()
    return Counter(tuple(row) for row in texts)


def _read_back(spark: SparkSession, folder: Path, columns: list[dict[str, Any]], text: str) -> Outcome:
    again = [
        {**column, "trim": False, "replace": [{"pattern": _PUT_BEFORE, "with": ""}]}
        if column["type"] == "string"
        else column
        for column in columns
    ]
    return run_in(spark, folder, recipe_of(*again, format={"type": "csv", "multiLine": True}), {"rows/a.csv": text})


def test_output_csv_reads_back_as_the_same_rows(spark: SparkSession) -> None:
    kinds = st.lists(st.sampled_from(_KINDS), min_size=1, max_size=6)

    @EXAMPLES
    @given(kinds, st.integers(0, 2**32))
    def compare(kinds: list[str], seed: int) -> None:
        _compare(spark, kinds, Random(seed))

    compare()
    _compare(spark, ["string"], Random(1))


def _compare(spark: SparkSession, kinds: list[str], random: Random) -> None:
    columns = [
        {"name": f"c{n}", "type": kind, **({"trim": False} if kind == "string" else {})} for n, kind in enumerate(kinds)
    ]
    rows = [{column["name"]: _value(random, column["type"]) for column in columns} for _ in range(80)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        recipe = recipe_of(*columns, format={"type": "jsonLines"})
        written = run_in(spark, Path(first), recipe, {"rows/a.json": lines})
        assert written.report["rows_out"] == len(rows), written.quarantine
        read = _read_back(spark, Path(second), columns, written.csv_text)
        assert (read.report["rows_in"], read.report["rows_quarantined"]) == (len(rows), 0), read.quarantine
        assert _dataset(spark, read) == _dataset(spark, written)
        _require_no_formula(written.csv_text)


def _require_no_formula(text: str) -> None:
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            begin = cell.strip("\u200b\u3000\ufeff\u2028 \t\r\n\v\f")
            is_number = begin[:1] == "-" and begin[1:2].isdigit()
            assert is_number or not begin.startswith(tuple("=+-@\uff1d\uff0b\uff0d\uff20")), cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        (" =1", "' =1"),
        ("\u3000\uff1d1", "'\u3000\uff1d1"),
        ("\u200b@a", "'\u200b@a"),
        ("'=1", "''=1"),
        ("'a", "'a"),
        ("a=1", "a=1"),
        ("\ta", "'\ta"),
        ("-", "'-"),
    ],
)
def test_a_cell_that_would_be_a_formula_has_an_apostrophe(run: Run, text: str, cell: str) -> None:
    column = {"name": "c", "type": "string", "trim": False}
    outcome = run(recipe_of(column, format={"type": "jsonLines"}), {"rows/a.json": json.dumps({"c": text}) + "\n"})
    assert [row[0] for row in csv.reader(io.StringIO(outcome.csv_text, newline=""))][1:] == [cell]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ('{"c": null}\n{"c": "a"}\n{}\n', ['""', '""', "a"]),
        ('{"c": null}\n{"c": "  "}\n', ['"  "', '""']),
    ],
)
def test_one_column_has_a_line_for_each_row(run: Run, rows: str, lines: list[str]) -> None:
    recipe = recipe_of({"name": "c", "type": "string", "trim": False}, format={"type": "jsonLines"})
    assert sorted(run(recipe, {"rows/a.json": rows}).csv[1:]) == lines


@pytest.mark.parametrize(("kind", "text"), [("decimal(20,10)", "0.0000000123"), ("decimal(20,10)", "0.0000000000")])
def test_decimals_have_plain_digits(run: Run, kind: str, text: str) -> None:
    outcome = run(recipe_of({"name": "c", "type": kind}), {"rows/a.csv": f"c\n{text}\n"})
    assert outcome.csv[1:] == [text]
