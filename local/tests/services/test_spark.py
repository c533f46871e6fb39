"""The configuration of a local Spark."""

import shlex
from pathlib import Path

import pytest

from local.services import class_archive, spark

CONF = {"spark.sql.shuffle.partitions": "7", "spark.hadoop.fs.s3a.endpoint.region": "eu-west-1"}


def _settings(folder: Path, jars: Path) -> dict[str, str]:
    """The settings in the file that Spark reads."""
    folder.mkdir()
    variables = spark.environment("http://127.0.0.1:1", CONF, [jars], folder)
    file = Path(shlex.split(variables["PYSPARK_SUBMIT_ARGS"])[1])
    return dict(line.split(" ", 1) for line in file.read_text().splitlines())


def _options(settings: dict[str, str]) -> list[str]:
    """Java's options in the settings."""
    return shlex.split(settings["spark.driver.extraJavaOptions"])


def test_a_run_uses_an_existing_archive_of_classes(tmp_path: Path) -> None:
    jars = tmp_path / "the jars"
    jars.mkdir()
    assert not any("SharedArchiveFile" in option for option in _options(_settings(tmp_path / "a run", jars)))
    spark.archive(jars).write_bytes(b"classes")
    assert f"-XX:SharedArchiveFile={jars}/classes.jsa" in _options(_settings(tmp_path / "the next run", jars))


def test_the_jobs_settings_have_precedence_and_define_the_region(tmp_path: Path) -> None:
    settings = _settings(tmp_path / "a run", tmp_path)
    assert CONF.items() <= settings.items()
    assert [name for name in settings if "region" in name] == ["spark.hadoop.fs.s3a.endpoint.region"]


def test_only_settings_that_java_reads_at_its_start_need_a_new_process() -> None:
    assert spark.start_conf(CONF) == {}
    assert spark.start_conf({"spark.driver.defaultJavaOptions": "-XX:TieredStopAtLevel=1"}) == {}
    options = {"spark.driver.defaultJavaOptions": "-Da=1", "spark.driver.extraJavaOptions": "'-Db=2 3'"}
    assert spark.start_conf(options) == {"spark.driver.extraJavaOptions": "-Da=1 '-Db=2 3'"}
    assert spark.start_conf({"spark.driver.memory": "1g"}) == {"spark.driver.memory": "1g"}


def test_temporary_files_are_in_the_folder_of_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "a run"
    settings = _settings(folder, tmp_path)
    assert f"-Djava.io.tmpdir={folder}/tmp" in _options(settings)
    assert settings["spark.hadoop.fs.s3a.buffer.dir"] == f"{folder}/tmp"
    assert (folder / "tmp").is_dir()


def test_the_jars_are_sorted(tmp_path: Path) -> None:
    for name in ("b.jar", "a.jar", "classes.jsa"):
        (tmp_path / name).touch()
    assert spark.class_path(tmp_path) == f"{tmp_path}/a.jar:{tmp_path}/b.jar"


def test_runs_do_not_need_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(class_archive, "_RECIPE", tmp_path / "no such recipe.json")
    class_archive.main(tmp_path)
    assert "no such recipe.json" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["classes.jsa"]
    assert not any("SharedArchiveFile" in option for option in _options(_settings(tmp_path / "a run", tmp_path)))
