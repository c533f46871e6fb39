"""The number of a row in its file, for any assignment of splits to tasks."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import Run, place, recipe_of
from pyspark.sql import SparkSession

from dataprep import settings, sources
from dataprep.recipe import Column, Drift, Source

# each row contains its number, and every seventh breaks the rule, in most files also the last one
_RULES = {"type": "string", "pattern": "[0-9]+"}
_FILES = {"a": 301, "b": 20, "c": 203, "d": 98}


def _text(number: int) -> str:
    return f"{'x' if number % 7 == 0 else ''}{number}"


def _lines(rows: int) -> str:
    return "".join(f"{_text(number)},{'y' * (number % 40)}\n" for number in range(1, rows + 1))


def _json(rows: int) -> list[str]:
    return [json.dumps({"id": _text(number)}) for number in range(1, rows + 1)]


def _multi_line(rows: int) -> str:
    return "".join(f'{_text(number)},"two\n\nlines"\n' for number in range(1, rows + 1))


_FORMATS: dict[str, tuple[dict[str, Any], Callable[[int], str]]] = {
    "with header": ({"type": "csv"}, lambda rows: "id,text\n" + _lines(rows)),
    "without header": ({"type": "csv", "header": False, "columns": ["id", "text"]}, _lines),
    "blank lines": ({"type": "csv"}, lambda rows: "\n \nid,text\n\n" + _lines(rows).replace("\n", "\r\n\r\n  \r\n")),
    "multiLine": ({"type": "csv", "multiLine": True}, lambda rows: "id,text\n\n" + _multi_line(rows)),
    "jsonLines": ({"type": "jsonLines"}, lambda rows: "\n\n".join(_json(rows)) + "\n"),
    "json": ({"type": "json"}, lambda rows: "[" + ",\n\n".join(_json(rows)) + "]"),
}


@pytest.fixture(params=[1 << 27, 500], ids=["in one task", "over many tasks"])
def split_bytes(request: pytest.FixtureRequest, spark: SparkSession) -> Iterator[int]:
    """The size of a task's input: all files in one task, or a file in several tasks."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", request.param)
    spark.conf.set("spark.sql.files.openCostInBytes", 10)
    yield request.param
    spark.conf.unset("spark.sql.files.maxPartitionBytes")
    spark.conf.unset("spark.sql.files.openCostInBytes")


@pytest.mark.parametrize("name", _FORMATS)
def test_a_row_has_the_number_that_it_has_in_its_file(
    spark: SparkSession, tmp_path: Path, split_bytes: int, name: str
) -> None:
    form, content = _FORMATS[name]
    _write(tmp_path, {f"{file}.txt": content(rows) for file, rows in _FILES.items()})
    _require_right(_numbers(spark, tmp_path, form), {f"{file}.txt": rows for file, rows in _FILES.items()})


def test_compressed_files_are_numbered_beside_others(spark: SparkSession, tmp_path: Path, split_bytes: int) -> None:
    files = {"a.csv": 300, "deep/b.csv.gz": 200, "c.csv.gz": 20, "d.csv": 40}
    texts = {name: f"id,text\n{_lines(rows)}".encode() for name, rows in files.items()}
    _write(tmp_path, {name: gzip.compress(text) if name.endswith(".gz") else text for name, text in texts.items()})
    _require_right(_numbers(spark, tmp_path, {"type": "csv"}), files)


def test_parquet_rows_are_numbered_over_their_row_groups(spark: SparkSession, tmp_path: Path, split_bytes: int) -> None:
    for name, rows in _FILES.items():
        ids = spark.range(1, rows + 1, 1, 1).selectExpr("if(id % 7 = 0, concat('x', id), string(id)) as id")
        small = {"parquet.block.size": 256, "parquet.page.size.row.check.min": 5, "parquet.page.size.row.check.max": 5}
        ids.write.options(**small).parquet(str(tmp_path / name))
    found = _numbers(spark, tmp_path, {"type": "parquet"})
    by_folder = {(str(Path(file).parent), row): id for (file, row), id in found.items()}
    _require_right(by_folder, _FILES)


def test_rows_that_other_rows_decide_about_keep_their_numbers(
    spark: SparkSession, tmp_path: Path, split_bytes: int
) -> None:
    """A unique column shuffles the rows: each number of the twenty rows of b is also in other rows."""
    files = {"a.csv": 300, "b.csv": 20}
    _write(tmp_path, {name: "id,text\n" + _lines(rows) for name, rows in files.items()})
    found = _numbers(spark, tmp_path, {"type": "csv"}, unique=True)
    twice = {(file, row): _text(row) for file in files for row in range(1, 21)}
    assert found == {**twice, **{("a.csv", row): _text(row) for row in range(7, 301, 7)}}


def test_a_cluster_that_wants_few_tasks_gets_no_wrong_numbers(spark: SparkSession, tmp_path: Path) -> None:
    spark.conf.set("spark.sql.files.maxPartitionBytes", 500)
    spark.conf.set("spark.sql.files.maxPartitionNum", 2)
    try:
        _write(tmp_path, {name: "id,text\n" + _lines(rows) for name, rows in _FILES.items()})
        _require_right(_numbers(spark, tmp_path, {"type": "csv"}), _FILES)
    finally:
        spark.conf.unset("spark.sql.files.maxPartitionBytes")


def test_malformed_rows_count_and_rows_of_the_data_set_have_no_number(run: Run) -> None:
    columns = {"name": "id", "type": "integer"}, {"name": "text", "type": "string"}
    one = {"uniqueness": {"columns": ["id"]}, "severity": "reject row"}
    outcome = run(recipe_of(*columns, quality=[one]), {"rows/a.csv": "id,text\n1,a\n\n2\n3,b,c\n1,d\nx,e\n"})
    assert [(row.get("row"), row["raw"]) for row in outcome.quarantine] == [
        (None, '{"id":1,"text":"a"}'),
        (None, '{"id":1,"text":"d"}'),
        (2, "2"),
        (3, "3,b,c"),
        (5, '{"id":"x","text":"e"}'),
    ]


Numbers = dict[tuple[str, int], str]


def _numbers(spark: SparkSession, folder: Path, form: dict[str, Any], **more: Any) -> Numbers:
    """The text of each quarantined row, by the file's path and the row's number."""
    settings.apply(spark)
    source = Source("s", form, (Column("id", "id", "string", {**_RULES, **more}),))
    prepared = sources.prepare(spark, source, place(folder), Drift(), None)
    found = prepared.quarantined_with_row_numbers.selectExpr("_file as file", "row", "_raw.id as id").collect()
    prepared.rows.unpersist()
    return {
        # Spark returns the file as a URI
        (str(Path(unquote(row["file"].removeprefix("file://"))).relative_to(folder)), row["row"]): row["id"]
        for row in found
    }


def _require_right(found: Numbers, files: Mapping[str, int]) -> None:
    expected = {(file, row): _text(row) for file, rows in files.items() for row in range(7, rows + 1, 7)}
    assert found == expected


def _write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
