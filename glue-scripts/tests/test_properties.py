"""Generated rows and recipes: every row is accounted for, and the result equals that of plain Python."""

import csv
import io
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import plain
from conftest import run_in
from generated import COLUMNS, EXPRESSIONS, others, recipes, rows
from hypothesis import HealthCheck, Phase, given, settings
from pyspark.sql import SparkSession


def _csv(names: list[str], rows: list[list[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([names, *rows])
    return file.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    text = "" if value is None else str(value)
    return "'" + text if isinstance(value, str) and text[:1] in tuple("=+-@") else text


def test_the_result_is_what_plain_python_makes_of_it(spark: SparkSession) -> None:
    seen: Counter[str] = Counter()

    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # to make a failing example smaller takes a run of Spark each time
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(recipes(), rows(list(COLUMNS.values())), others())
    def compare(recipe: dict[str, Any], rows: list[list[str]], others: list[list[str]]) -> None:
        expected = plain.evaluate(recipe, {"rows": rows, "other": others}, EXPRESSIONS)
        seen.update(expected.taken, rows=len(expected.rows), reasons=len(expected.quarantine))
        _compare(
            spark, recipe, {"rows/a.csv": _csv(list(COLUMNS), rows), "other/b.csv": _csv(["k", "v"], others)}, expected
        )

    compare()
    # examples without rows to compare would prove nothing
    assert seen["rows"] > 100
    assert all(seen[kind] > 0 for kind in ("reasons", "dedupe", "filter", "join", "aggregate")), seen


def _compare(spark: SparkSession, recipe: dict[str, Any], files: dict[str, str], expected: plain.Result) -> None:
    with tempfile.TemporaryDirectory() as folder:
        outcome = run_in(spark, Path(folder), recipe, files)
        published = list(csv.reader(io.StringIO(outcome.csv_text)))[1:]
        quarantine = outcome.quarantine
    assert Counter(map(tuple, published)) == Counter(tuple(map(_cell, row.values())) for row in expected.rows)
    assert Counter((row.get("row"), tuple(row["reasons"])) for row in quarantine) == Counter(expected.quarantine)
    _require_conserved(outcome.report, expected)


def _require_conserved(report: dict[str, Any], expected: plain.Result) -> None:
    gone = ("rows_quarantined", "rows_deduplicated", "rows_filtered", "rows_aggregated")
    assert report["rows_in"] == report["rows_out"] + sum(report[kind] for kind in gone)
    assert report["rows_deduplicated"] == expected.taken["dedupe"]
    assert report["rows_filtered"] == expected.taken["filter"] + expected.taken["join"]
    assert report["rows_aggregated"] == expected.taken["aggregate"]
    assert {name: source["rows_in"] for name, source in report["sources"].items()} == expected.read
    assert all(
        source["rows_in"] == source["rows_quarantined"] + source["rows_used"] for source in report["sources"].values()
    )
