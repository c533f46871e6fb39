"""Data sets as Iceberg tables: what a run writes is read by PyIceberg, from the metadata file alone."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyspark
import pytest
from conftest import recipe_of
from pyspark.sql import SparkSession

from dataprep.failures import StepError, TableError
from dataprep.parquet_files import ParquetFiles
from dataprep.recipe import Column, Source

if pyspark.__version__.startswith("3."):
    pytest.skip("Iceberg tables need Glue 6.0", allow_module_level=True)

from iceberg_lake import Lake, local_files, rows_of, version

_ID = {"name": "id", "type": "long", "required": True}
_DAY = {"name": "day", "type": "date"}
_AMOUNT = {"name": "amount", "type": "integer"}
_FIRST = "id,day,amount\n" + "".join(f"{n},2024-{n % 12 + 1:02}-01,{n}\n" for n in range(1, 25))


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Iterator[Lake]:
    with local_files(spark):
        yield Lake(spark, tmp_path)


def _recipe(*columns: dict[str, Any], partitions: tuple[str, ...] = ("month(day)",), **more: Any) -> dict[str, Any]:
    table = {"format": "iceberg", "partitionBy": list(partitions), **more.pop("table", {})}
    document = recipe_of(*(columns or (_ID, _DAY, _AMOUNT)), output={"table": table}, **more)
    document["dataset"]["incremental"] = {"key": ["id"]}
    return document


def test_a_full_run_replaces_the_content_in_a_new_snapshot(lake: Lake) -> None:
    first = lake.run("r1", _recipe(), _FIRST)
    second = lake.run("r2", _recipe(), "id,day,amount\n1,2024-01-01,7\n", full=True)
    assert len(lake.rows("r1")) == 24
    assert lake.rows("r2") == [(1, date(2024, 1, 1), 7)]
    table = second["table"]
    assert (table["files_added"], table["files_removed"], table["files_rewritten"]) == (1, 12, 0)
    assert table["bytes_removed"] == first["table"]["bytes"] == first["dataset_bytes"]
    assert (second["rows_out"], second["rows_kept"]) == (1, 0)


def test_an_incremental_run_rewrites_only_the_files_with_changed_keys(lake: Lake) -> None:
    before = lake.run("r1", _recipe(), _FIRST)
    after = lake.run("r2", _recipe(), "id,day,amount\n3,2024-04-01,33\n15,2024-04-01,35\n99,2025-01-01,9\n")
    table = after["table"]
    # both changed keys are in the file of April; the new key has a month of its own
    assert (table["files_added"], table["files_removed"], table["files_rewritten"]) == (2, 1, 1)
    kept = _data_files(before) & _data_files(after)
    assert len(kept) == 11
    assert (after["rows_in"], after["rows_kept"], after["rows_out"]) == (3, 22, 25)
    assert {row[0]: row[2] for row in lake.rows("r2")} == {**{n: n for n in range(1, 25)}, 3: 33, 15: 35, 99: 9}
    assert len(lake.rows("r1")) == 24


def test_a_merge_without_rows_changes_nothing(lake: Lake) -> None:
    lake.run("r1", _recipe(), _FIRST)
    after = lake.run("r2", _recipe(), "id,day,amount\n")
    assert (after["rows_out"], after["rows_kept"], after["table"]["files_rewritten"]) == (24, 24, 0)
    assert lake.rows("r2") == lake.rows("r1")


def test_a_key_may_be_null_and_moves_to_another_partition(lake: Lake) -> None:
    recipe = _recipe({**_ID, "required": False}, _DAY, _AMOUNT)
    lake.run("r1", recipe, "id,day,amount\n,2024-01-01,1\n2,2024-01-01,2\n")
    after = lake.run("r2", recipe, "id,day,amount\n,2024-02-01,3\n")
    assert lake.rows("r2") == [(2, date(2024, 1, 1), 2), (None, date(2024, 2, 1), 3)]
    assert (after["rows_kept"], after["rows_out"]) == (1, 2)


def test_a_data_set_without_rows_is_a_table_without_rows(lake: Lake) -> None:
    report = lake.run("r1", _recipe(), "id,day,amount\n")
    assert (report["rows_out"], report["table"]["files"], report["verdict"]) == (0, 0, "passed")
    assert lake.rows("r1") == []
    lake.run("r2", _recipe(), _FIRST)
    assert len(lake.rows("r2")) == 24


def test_new_columns_keep_the_ids_of_the_others(lake: Lake) -> None:
    recipe = _recipe(drift={"new": "evolve"})
    first = lake.run("r1", recipe, _FIRST)
    second = lake.run("r2", recipe, "id,day,amount,note\n3,2024-04-01,33,hello\n")
    assert _ids(first) == {"id": 1, "day": 2, "amount": 3}
    assert _ids(second) == {"id": 1, "day": 2, "amount": 3, "note": 4}
    assert second["columns"][-1] == {"Name": "note", "Type": "string"}
    notes = {row[0]: row[3] for row in lake.rows("r2")}
    assert notes == {**dict.fromkeys(range(1, 25)), 3: "hello"}
    third = lake.run("r3", recipe, "id,day,amount\n4,2024-05-01,44\n")
    assert _ids(third) == _ids(second)
    assert {row[0]: row[3] for row in lake.rows("r3")} == notes


def test_a_changed_recipe_evolves_the_schema(lake: Lake) -> None:
    lake.run(
        "r1", _recipe(_ID, _DAY, _AMOUNT, {"name": "gone", "type": "string"}), "id,day,amount,gone\n1,2024-01-01,1,x\n"
    )
    wider = _recipe({**_ID, "description": "The number."}, {**_AMOUNT, "type": "long"}, _DAY)
    second = lake.run("r2", wider, f"id,day,amount\n1,2024-01-01,{2**40}\n", full=True)
    assert _ids(second) == {"id": 1, "amount": 3, "day": 2}
    assert version(second).schema().find_field("id").doc == "The number."
    assert lake.rows("r2") == [(1, 2**40, date(2024, 1, 1))]
    other = _recipe(_ID, {**_AMOUNT, "type": "string"}, _DAY, {"name": "gone", "type": "string"})
    third = lake.run("r3", other, "id,day,amount,gone\n1,2024-01-01,many,y\n", full=True)
    # a column of another type, and one that was removed meanwhile, are new columns
    assert _ids(third) == {"id": 1, "amount": 5, "day": 2, "gone": 6}
    assert lake.rows("r1") == [(1, date(2024, 1, 1), 1, "x")]


def test_tags_name_the_kept_runs(lake: Lake) -> None:
    lake.keeps = 2
    for number in range(1, 4):
        lake.run(f"r{number}", _recipe(), f"id,day,amount\n{number},2024-01-01,{number}\n")
    table = version(lake.versions[0])
    tags = {name for name in table.metadata.refs if name != "main"}
    assert tags == {"run_r2", "run_r3"}
    assert len(table.metadata.snapshots) == 2
    for run in ("r2", "r3"):
        assert rows_of(table, snapshot_id=table.metadata.refs[f"run_{run}"].snapshot_id) == lake.rows(run)
    assert [each.metadata_file for each in table.metadata.metadata_log] == [
        lake.versions[1]["table"]["metadata_location"]
    ]


def test_a_run_after_a_rollback_continues_from_the_run_that_is_published_again(lake: Lake) -> None:
    lake.run("r1", _recipe(), _FIRST)
    lake.run("r2", _recipe(), "id,day,amount\n1,2024-02-01,100\n50,2024-02-01,50\n")
    lake.versions.reverse()
    lake.run("r3", _recipe(), "id,day,amount\n2,2024-03-01,200\n")
    amounts = {row[0]: row[2] for row in lake.rows("r3")}
    assert amounts == {**{n: n for n in range(1, 25)}, 2: 200}
    assert {row[0]: row[2] for row in lake.rows("r2")}[50] == 50


def test_a_job_run_that_is_started_twice_leaves_the_other_alone(lake: Lake) -> None:
    lake.run("r1", _recipe(), _FIRST)
    one = lake.stage("r2", _recipe(), "id,day,amount\n1,2024-02-01,100\n", job_run="a")
    two = lake.stage("r2", _recipe(), "id,day,amount\n1,2024-02-01,100\n", job_run="b")
    assert rows_of(version(one)) == rows_of(version(two))
    assert not (_data_files(one) - _data_files(lake.versions[0])) & _data_files(two)


@pytest.mark.parametrize(
    "partition",
    [
        "year(day)",
        "month(day)",
        "day(day)",
        "hour(at)",
        "bucket(4, name)",
        "truncate(2, name)",
        "name",
        "truncate(10, id)",
    ],
)
def test_null_and_far_out_partition_values(lake: Lake, partition: str) -> None:
    columns = (
        {**_ID, "required": False},
        _DAY,
        {"name": "at", "type": "timestamp"},
        {"name": "name", "type": "string"},
    )
    long = "x/%?=\u00fc" * 300
    text = (
        f"id,day,at,name\n1,0001-01-01,0001-01-01T00:00:00Z,a/b=c\n2,9999-12-31,9999-12-31T23:59:59.999999Z,{long}\n"
        f",,,\n{2**63 - 1},1969-12-31,1969-12-31T23:59:59.999999Z,..\n"
    )
    report = lake.run("r1", _recipe(*columns, partitions=(partition,)), text)
    assert report["table"]["partitions"] >= 2
    utc = {"tzinfo": UTC}
    expected = [
        (1, date(1, 1, 1), datetime(1, 1, 1, **utc), "a/b=c"),
        (2, date(9999, 12, 31), datetime(9999, 12, 31, 23, 59, 59, 999999, **utc), long),
        (2**63 - 1, date(1969, 12, 31), datetime(1969, 12, 31, 23, 59, 59, 999999, **utc), ".."),
        (None, None, None, None),
    ]
    found = lake.spark.read.format("iceberg").load(report["table"]["metadata_location"])
    assert found.count() == 4
    assert sorted(lake.rows("r1"), key=repr) == sorted(expected, key=repr)
    after = lake.run("r2", _recipe(*columns, partitions=(partition,)), "id,day,at,name\n,2024-01-01,,new\n")
    assert (after["rows_kept"], after["rows_out"]) == (3, 4)


def test_rows_are_sorted_within_files(lake: Lake) -> None:
    recipe = _recipe(partitions=(), table={"sortBy": ["amount"]}, quality=[{"sum": {"column": "amount", "min": 300}}])
    rows = "".join(f"{n},2024-01-01,{(n * 7) % 24 + 1}\n" for n in range(1, 25))
    report = lake.run("r1", recipe, "id,day,amount\n" + rows)
    (file,) = _data_files(report)
    amounts = [row["amount"] for row in lake.spark.read.parquet(file).collect()]
    assert amounts == sorted(amounts)
    # the rows are measured once, although they are sorted
    assert report["verdict"] == "passed", report["rules"]
    assert "300 is the sum" in report["rules"][0]["message"]


def test_rules_of_a_merge_are_on_the_whole_data_set(lake: Lake) -> None:
    recipe = _recipe(quality=[{"sum": {"column": "amount", "min": 0}}, {"uniqueness": {"columns": ["id"]}}])
    lake.run("r1", recipe, _FIRST)
    report = lake.run("r2", recipe, "id,day,amount\n24,2024-01-01,124\n")
    assert report["rules"][0]["message"].startswith("400 is the sum")
    assert report["rules"][1]["passed"]


def test_a_metadata_file_that_is_gone_ends_the_run_before_anything_is_written(lake: Lake) -> None:
    first = lake.run("r1", _recipe(), _FIRST)
    Path(first["table"]["metadata_location"].removeprefix("file:")).unlink()
    with pytest.raises(TableError, match=r"the metadata file .* of the published table does not exist; publish an"):
        lake.stage("r2", _recipe(), _FIRST)
    assert not list(lake.root.glob("transformed-data/*/run_id=r2"))
    again = lake.run("r3", _recipe(), _FIRST, force=True)
    assert again["rows_out"] == 24


@pytest.mark.parametrize("partitions", [(), ("year(day)",), ("bucket(4, id)",), ("month(day)", "bucket(4, id)")])
def test_other_partitions_need_a_run_with_force(lake: Lake, partitions: tuple[str, ...]) -> None:
    lake.run("r1", _recipe(), _FIRST)
    with pytest.raises(TableError, match=r"the published table is partitioned by month\(day\), not by "):
        lake.stage("r2", _recipe(partitions=partitions), _FIRST, full=True)
    assert not list(lake.root.glob("transformed-data/*/run_id=r2"))
    after = lake.run("r3", _recipe(partitions=partitions), _FIRST, force=True)
    assert after["table"]["files_removed"] == 0
    assert lake.rows("r3") == lake.rows("r1")


def test_a_recipe_without_the_partition_column_needs_a_run_with_force(lake: Lake) -> None:
    lake.run("r1", _recipe(), _FIRST)
    without = _recipe(_ID, _AMOUNT, partitions=())
    with pytest.raises(TableError, match="month"):
        lake.stage("r2", without, _FIRST, full=True)
    lake.run("r3", without, _FIRST, force=True)
    assert len(lake.rows("r1")) == len(lake.rows("r3")) == 24


def test_a_partition_column_of_another_type_needs_a_run_with_force(lake: Lake) -> None:
    lake.run("r1", _recipe(), _FIRST)
    other = _recipe(_ID, {**_DAY, "type": "timestamp"}, _AMOUNT)
    with pytest.raises(StepError, match="the column day with the type date, which cannot become timestamptz"):
        lake.stage("r2", other, _FIRST, full=True)


def test_a_merge_with_a_run_that_is_no_table_is_refused(lake: Lake) -> None:
    parquet = _recipe()
    del parquet["output"]
    lake.run("r1", parquet, _FIRST)
    with pytest.raises(TableError, match="the published run is not a version of an Iceberg table"):
        lake.stage("r2", _recipe(), _FIRST)
    assert lake.run("r3", _recipe(), _FIRST, full=True)["rows_out"] == 24


def test_a_run_again_under_its_name_leaves_no_rows_of_the_first(lake: Lake) -> None:
    lake.stage("r1", _recipe(), _FIRST)
    again = lake.run("r1", _recipe(), "id,day,amount\n1,2024-01-01,1\n")
    assert again["table"]["files"] == len(list(lake.root.glob("transformed-data/table/**/*.parquet"))) == 1


def test_the_report_says_what_a_query_of_one_partition_reads(lake: Lake) -> None:
    report = lake.run("r1", _recipe(), _FIRST + "25,2024-05-02,1\n")
    largest = max(file["bytes"] for file in _objects(report))
    assert report["table"]["partitions"] == 12
    assert report["table"]["largest_partition_bytes"] == largest
    assert (report["object_count"], report["dataset_bytes"]) == (12, report["table"]["bytes"])


def test_another_data_set_reads_the_table_of_a_run(lake: Lake, spark: SparkSession) -> None:
    recipe = _recipe(drift={"new": "evolve"})
    first = lake.run("r1", recipe, _FIRST)
    second = lake.run("r2", recipe, "id,day,amount,note\n3,2024-04-01,33,hello\n")
    columns = (Column("id", "id", "long", {}), Column("note", "note", "string", {}))
    source = Source("rows", {"type": "parquet"}, columns)
    for report, notes in ((first, set()), (second, {("3", "hello")})):
        rows = ParquetFiles(spark, source, report["dataset"]).texts(columns).rows
        found = {(row["id"], row["note"]) for row in rows.collect()}
        assert len(found) == 24
        assert {row for row in found if row[1]} == notes


def _ids(report: dict[str, Any]) -> dict[str, int]:
    return {field.name: field.field_id for field in version(report).schema().fields}


def _objects(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(report["objects"].removeprefix("file:")).read_text().splitlines()]


def _data_files(report: dict[str, Any]) -> set[str]:
    return {file["uri"] for file in _objects(report)}
