"""Partitions of Parquet: the table's parameters alone lead to every row, as Athena derives the folders from them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import Run, place, recipe_of
from pyspark.sql import SparkSession

from dataprep.failures import StepError
from dataprep.parquet_files import ParquetFiles
from dataprep.recipe import Column, Source

_ID = {"name": "id", "type": "long", "required": True}
_DAY = {"name": "day", "type": "date"}
_YEAR = {"name": "year", "type": "integer"}
_CITY = {"name": "city", "type": "string", "trim": False}
_ROWS = "day,id,city,year\n2024-02-29,1,Köln,-3\n2024-03-02,2,01,4\n2024-03-02,3,New York,4\n2024-03-02,4,01,4\n"


def _recipe(*partitions: str, **more: Any) -> dict[str, Any]:
    return recipe_of(_DAY, _ID, _CITY, _YEAR, output={"table": {"partitionBy": list(partitions)}}, **more)


def _projected(parameters: Mapping[str, str]) -> Iterator[tuple[dict[str, str], str]]:
    """The values and the folder of each partition, by https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html"""
    names = [key.split(".")[1] for key in parameters if key.endswith(".type")]
    for values in product(*(_values(name, parameters) for name in names)):
        folder = parameters["storage.location.template"]
        for name, value in zip(names, values, strict=True):
            folder = folder.replace(f"${{{name}}}", value)
        assert folder.endswith("/") and "${" not in folder
        yield dict(zip(names, values, strict=True)), folder.removeprefix("file://")


def _values(name: str, parameters: Mapping[str, str]) -> list[str]:
    kind = parameters[f"projection.{name}.type"]
    if kind == "enum":
        return parameters[f"projection.{name}.values"].split(",")
    first, last = parameters[f"projection.{name}.range"].split(",")
    if kind == "integer":
        return [str(number) for number in range(int(first), int(last) + 1)]
    assert kind == "date" and parameters[f"projection.{name}.format"] == "yyyy-MM-dd"
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return [str(date.fromisoformat(first) + timedelta(offset)) for offset in range(days + 1)]


def _athena(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows that a query without a condition returns: the columns in files, then the partition columns as texts."""
    keys = report["partitioning"]["keys"]
    plain = ", ".join(f'"{column["Name"]}"' for column in report["columns"] if column["Name"] not in keys)
    rows: list[tuple[Any, ...]] = []
    for values, folder in _projected(report["partitioning"]["parameters"]):
        files = [str(file) for file in Path(folder).glob("*.parquet")]
        if files:
            texts = tuple(values[key] for key in keys)
            query = f"SELECT {plain} FROM read_parquet(?, hive_partitioning = false)"
            rows += [row + texts for row in duckdb.execute(query, [files]).fetchall()]
    return sorted(rows)


def _files(spark: SparkSession, report: dict[str, Any], columns: tuple[Column, ...] = ()) -> ParquetFiles:
    return ParquetFiles(spark, Source("rows", {"type": "parquet"}, columns), report["dataset"])


def test_a_query_finds_every_row_by_the_parameters(run: Run) -> None:
    outcome = run(_recipe("year", "city"), {"rows/a.csv": _ROWS})
    late, early = date(2024, 3, 2), date(2024, 2, 29)
    assert _athena(outcome.report) == [
        (early, 1, "-3", "Köln"),
        (late, 2, "4", "01"),
        (late, 3, "4", "New York"),
        (late, 4, "4", "01"),
    ]
    parameters = outcome.report["partitioning"]["parameters"]
    folder = outcome.report["dataset"]
    assert parameters == {
        "projection.enabled": "true",
        "storage.location.template": folder + "partition-year=${year}/partition-city=${city}/",
        "projection.year.type": "integer",
        "projection.year.range": "-3,4",
        "projection.city.type": "enum",
        "projection.city.values": "01,Köln,New York",
    }
    assert outcome.report["table"]["partitions"] == 3
    assert 0 < outcome.report["table"]["largest_partition_bytes"] < outcome.report["dataset_bytes"]
    assert outcome.report["object_count"] == 3


def test_columns_and_csv_keep_their_order(run: Run) -> None:
    outcome = run(_recipe("day"), {"rows/a.csv": _ROWS})
    assert outcome.csv[:2] == ["day,id,city,year", "2024-02-29,1,Köln,-3"]
    assert [column["Name"] for column in outcome.report["columns"]] == ["day", "id", "city", "year"]
    assert outcome.report["partitioning"]["parameters"]["projection.day.range"] == "2024-02-29,2024-03-02"
    assert len(_athena(outcome.report)) == 4


def test_published_rows_keep_their_values(run: Run, tmp_path: Path) -> None:
    recipe = _recipe("city")
    recipe["dataset"]["incremental"] = {"key": ["id"]}
    first = run(recipe, {"rows/a.csv": _ROWS}).report
    published = tmp_path / "published"
    (tmp_path / "transformed-data/dataset/run_id=r1/job_run=j1").rename(published)
    second = run(recipe, {"rows/a.csv": "day,id,city,year\n2024-03-02,2,Ulm,5\n"}, place(published)).report
    assert (first["rows_out"], second["rows_out"], second["rows_kept"]) == (4, 4, 3)
    assert [row[1:] for row in _athena(second)] == [(1, -3, "Köln"), (2, 5, "Ulm"), (3, 4, "New York"), (4, 4, "01")]
    assert second["columns"] == first["columns"]


def test_another_data_set_reads_all_columns(run: Run, spark: SparkSession) -> None:
    report = run(_recipe("year", "city"), {"rows/a.csv": _ROWS}).report
    columns = (
        Column("city", "city", "string", {}),
        Column("year", "year", "integer", {}),
        Column("id", "id", "long", {}),
    )
    rows = _files(spark, report, columns).texts(columns).rows
    assert sorted(row[:3] for row in rows.collect()) == [
        ("01", "4", "2"),
        ("01", "4", "4"),
        ("Köln", "-3", "1"),
        ("New York", "4", "3"),
    ]


def test_a_data_set_without_rows_has_columns(run: Run, spark: SparkSession) -> None:
    report = run(_recipe("year", "city", "day"), {"rows/a.csv": "day,id,city,year\n"}).report
    assert (report["rows_out"], report["table"]["partitions"], report["object_count"]) == (0, 0, 1)
    assert _athena(report) == []
    assert _files(spark, report).names == ["day", "id", "city", "year"]


@pytest.mark.parametrize("city", ["a,b", "a/b", "50%", "a:b", "{x}", "a'b", " a", "a ", "a=b"])
def test_a_text_that_athena_may_not_find_ends_the_run(run: Run, city: str) -> None:
    with pytest.raises(StepError, match=r"output\.table\.partitionBy: invalid value .* of city; must be without"):
        run(_recipe("city"), {"rows/a.csv": f'day,id,city,year\n2024-03-02,1,"{city}",4\n'})


@pytest.mark.parametrize("row", ["2024-03-02,1,,4", "2024-03-02,1,Ulm,", ",1,Ulm,4", '2024-03-02,1,"",4'])
def test_a_row_without_a_value_ends_the_run(run: Run, row: str) -> None:
    with pytest.raises(StepError, match=r"invalid value null or an empty text of (day|city|year); must be a value"):
        run(_recipe("day", "city", "year"), {"rows/a.csv": f"day,id,city,year\n{row}\n"})


def test_more_partitions_than_athena_lists_well_end_the_run(run: Run) -> None:
    rows = "day,id,city,year\n2024-03-02,1,Ulm,1\n2024-03-02,2,Ulm,2000000000\n"
    with pytest.raises(StepError, match=r"2,000,000,000 possible partitions; must be at most 100,000"):
        run(_recipe("year"), {"rows/a.csv": rows})


def test_a_far_away_date_ends_the_run_only_if_there_are_too_many_between(run: Run) -> None:
    near = run(_recipe("day"), {"rows/a.csv": "day,id,city,year\n1900-01-01,1,Ulm,1\n2024-03-02,2,Ulm,2\n"})
    assert len(_athena(near.report)) == 2
    with pytest.raises(StepError, match="possible partitions"):
        run(_recipe("day"), {"rows/a.csv": "day,id,city,year\n0001-01-01,1,Ulm,1\n9999-12-31,2,Ulm,2\n"})


def test_texts_that_are_too_long_together_end_the_run(run: Run) -> None:
    rows = "".join(f"2024-03-02,{n},{'x' * 200}{n},1\n" for n in range(50))
    with pytest.raises(StepError, match=r"text columns: 10,139 bytes; must be at most 8,192"):
        run(_recipe("city"), {"rows/a.csv": f"day,id,city,year\n{rows}"})
