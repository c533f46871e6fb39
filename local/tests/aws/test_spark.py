"""How a local Spark is set up."""

import shlex
from pathlib import Path

import pytest

from local import class_archive, spark


def _options(folder: Path, jars: Path) -> str:
    """The options of Java in what Spark is told to read."""
    folder.mkdir()
    told = spark.environment("http://127.0.0.1:1", "us-east-1", jars, folder)
    file = Path(shlex.split(told["PYSPARK_SUBMIT_ARGS"])[1])
    settings = dict(line.split(" ", 1) for line in file.read_text().splitlines())
    return settings["spark.driver.extraJavaOptions"]


def test_a_run_uses_the_archive_of_classes_once_there_is_one(tmp_path: Path) -> None:
    assert "SharedArchiveFile" not in _options(tmp_path / "a run", tmp_path)
    spark.archive(tmp_path).write_bytes(b"classes")
    assert f"-XX:SharedArchiveFile={tmp_path}/classes.jsa" in _options(tmp_path / "the next run", tmp_path)


def test_the_jars_follow_each_other_in_one_order(tmp_path: Path) -> None:
    for name in ("b.jar", "a.jar", "classes.jsa"):
        (tmp_path / name).touch()
    assert spark.class_path(tmp_path) == f"{tmp_path}/a.jar:{tmp_path}/b.jar"


def test_where_no_archive_can_be_made_runs_go_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(class_archive, "_RECIPE", tmp_path / "no such recipe.json")
    class_archive.main(tmp_path)
    assert "no such recipe.json" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["classes.jsa"]
    assert "SharedArchiveFile" not in _options(tmp_path / "a run", tmp_path)
