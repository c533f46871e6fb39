"""The watermark of an incremental recipe."""

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, place, recipe_of

from dataprep.failures import StepError

ID: dict[str, Any] = {"name": "id", "type": "integer"}
V: dict[str, Any] = {"name": "v", "type": "string"}


def _watermark(run: Run, column: dict[str, Any], rows: str, published: str = "") -> Any:
    recipe = recipe_of(ID, column)
    recipe["dataset"]["incremental"] = {"key": ["id"], "watermark": "at"}
    return run(recipe, {"rows/a.csv": f"id,at\n{rows}"}, published).report["watermark"]


@pytest.mark.parametrize(
    ("kind", "rows", "found"),
    [
        ("integer", "1,-7\n2,\n", "-7"),
        ("long", "1,9007199254740993\n2,9007199254740992\n", "9007199254740993"),
        ("date", "1,2024-03-01\n2,0900-01-01\n", "2024-03-01"),
        ("date", "1,0001-01-01\n", "0001-01-01"),
        ("timestamp", "1,2024-03-01T10:00:00Z\n2,\n", "2024-03-01T10:00:00Z"),
        ("timestamp", "1,2024-03-01T10:00:00.1Z\n", "2024-03-01T10:00:00.100000Z"),
        ("timestamp", "1,0001-01-01T00:00:00Z\n", "0001-01-01T00:00:00Z"),
        ("timestamp", "1,\n2,\n", None),
        ("integer", "", None),
    ],
)
def test_the_watermark_is_the_greatest_value(run: Run, kind: str, rows: str, found: str | None) -> None:
    assert _watermark(run, {"name": "at", "type": kind}, rows) == found


def test_the_watermark_includes_the_merged_rows(run: Run, spark: Any, tmp_path: Path) -> None:
    published = f"{place(tmp_path)}/published"
    spark.createDataFrame([(1, 9), (2, 8)], "id int, at int").write.parquet(published)
    assert _watermark(run, {"name": "at", "type": "integer"}, "1,5\n", published) == "8"


@pytest.mark.parametrize(("name", "said"), [("v", "'v' (string)"), ("w", "'w' (no column of the data set)")])
def test_a_watermark_is_a_number_a_date_or_a_timestamp(run: Run, name: str, said: str) -> None:
    recipe = recipe_of(ID, V)
    recipe["dataset"]["incremental"] = {"key": ["id"], "watermark": name}
    with pytest.raises(StepError, match=re.escape(f"dataset.incremental.watermark: invalid value {said}; must be")):
        run(recipe, {"rows/a.csv": "id,v\n1,a\n"})


def test_without_a_watermark_the_report_has_none(run: Run) -> None:
    assert run(recipe_of(ID), {"rows/a.csv": "id\n1\n"}).report["watermark"] is None
