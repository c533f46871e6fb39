"""The deletion of a table's files that no run needs."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest
from conftest import place
from pyspark.sql import SparkSession

from dataprep.failures import TableError
from dataprep.iceberg_expiry import expire

if pyspark.__version__.startswith("3."):
    pytest.skip("Iceberg tables need Glue 6.0", allow_module_level=True)

from iceberg_lake import Lake, local_files, rows_of, version
from test_iceberg import _recipe

_MINUTES = 60
_LONG_AGO = 1_000_000_000


@pytest.fixture
def lake(spark: SparkSession, tmp_path: Path) -> Iterator[Lake]:
    """Four runs of which two are kept: the first changes all of the months, the others a month each."""
    with local_files(spark):
        lake = Lake(spark, tmp_path, keeps=2)
        lake.run("r1", _recipe(), "id,day,amount\n" + "".join(f"{n},2024-0{n}-01,{n}\n" for n in range(1, 6)))
        for number in range(2, 5):
            lake.run(f"r{number}", _recipe(), f"id,day,amount\n{number},2024-0{number}-01,{number * 10}\n")
        lake.stage("failed", _recipe(), "id,day,amount\n1,2024-01-01,99\n")
        for run in ("r1", "r2", "failed"):
            shutil.rmtree(tmp_path / f"transformed-data/dataset/run_id={run}")
        _make_old(tmp_path)
        yield lake


def _make_old(root: Path) -> None:
    for file in root.glob("transformed-data/table/**/*"):
        os.utime(file, (_LONG_AGO, _LONG_AGO))


def _files(lake: Lake, pattern: str = "*") -> set[str]:
    found = lake.root.glob(f"transformed-data/table/**/{pattern}")
    return {str(file.relative_to(lake.root)) for file in found if file.is_file() and not file.name.endswith(".crc")}


def _expire(lake: Lake) -> int:
    return expire(lake.spark, place(lake.root), lake.versions[0]["table"]["metadata_location"], _MINUTES)


def test_exactly_the_files_that_no_kept_run_needs_are_deleted(lake: Lake) -> None:
    before = {run: lake.rows(run) for run in ("r3", "r4")}
    assert _expire(lake) > 0
    assert {run: lake.rows(run) for run in ("r3", "r4")} == before
    # of r1 those of months 1, 4 and 5, of which r3 has all and r4 two; and the one that each later run replaced
    assert len(_files(lake, "*.parquet")) == 6
    assert len(_files(lake, "*.metadata.json")) == 2
    assert not [file for file in _files(lake) if "run_id=failed" in file]
    assert _expire(lake) == 0


def test_time_travel_to_each_kept_run_gives_its_rows(lake: Lake) -> None:
    before = {run: lake.rows(run) for run in ("r3", "r4")}
    _expire(lake)
    table = version(lake.versions[0])
    for run, rows in before.items():
        assert rows_of(table, snapshot_id=table.metadata.refs[f"run_{run}"].snapshot_id) == rows


def test_files_of_a_run_that_may_still_be_running_are_kept(lake: Lake) -> None:
    lake.stage("running", _recipe(), "id,day,amount\n1,2024-01-01,99\n")
    shutil.rmtree(lake.root / "transformed-data/dataset/run_id=running")
    before = _files(lake)
    _expire(lake)
    running = {file for file in before if "run_id=running" in file}
    assert running and running <= _files(lake)


def test_files_of_a_run_that_another_data_set_reads_are_kept(lake: Lake) -> None:
    lake.keeps = 1
    lake.run("r5", _recipe(), "id,day,amount\n5,2024-05-01,50\n")
    _make_old(lake.root)
    lake.versions.append({"run_id": "r3", "table": _pointer(lake, "r3")})
    rows = lake.rows("r3")
    _expire(lake)
    assert lake.rows("r3") == rows


def _pointer(lake: Lake, run: str) -> dict[str, str]:
    (file,) = lake.root.glob(f"transformed-data/dataset/run_id={run}/*/_table.json")
    pointer: dict[str, str] = json.loads(file.read_text())
    return pointer


def test_nothing_is_deleted_if_a_file_of_a_kept_run_is_missing(lake: Lake) -> None:
    before = _files(lake)
    kept = {str(Path(uri.removeprefix("file:")).relative_to(lake.root)) for uri in _data_files(lake, "r3")}
    (lake.root / min(kept)).unlink()
    with pytest.raises(TableError, match=r"1 files of retained runs are missing, such as .*; nothing was deleted"):
        _expire(lake)
    assert _files(lake) == before - {min(kept)}


def _data_files(lake: Lake, run: str) -> set[str]:
    report = next(each for each in lake.versions if each["run_id"] == run)
    return {task.file.file_path for task in version(report).scan().plan_files()}


def test_an_expiry_that_was_interrupted_is_completed_by_the_next(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataprep.storage import Storage

    before = {run: lake.rows(run) for run in ("r3", "r4")}
    delete = Storage.delete_files

    def interrupted(storage: Storage, uris: list[str]) -> None:
        delete(storage, uris[:3])
        raise OSError("interrupted")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="interrupted"):
        patch.setattr(Storage, "delete_files", interrupted)
        _expire(lake)
    assert {run: lake.rows(run) for run in ("r3", "r4")} == before
    assert _expire(lake) > 0
    assert {run: lake.rows(run) for run in ("r3", "r4")} == before
