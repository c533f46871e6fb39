"""Runs all recipe cases of the repository: those of the job, of the shipped recipe and of the examples."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import SCRIPTS
from pyspark.sql import SparkSession

from recipe_cases import case
from recipe_cases.comparison import differences
from recipe_cases.preview import Preview
from recipe_cases.runner import outcome

ROOT = SCRIPTS.parent
FOLDERS = {
    str(folder.relative_to(ROOT)): folder
    for name in ("glue-scripts", "examples")
    for folder in case.folders(ROOT / name)
}


@pytest.fixture(scope="session")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Path, str]:
    """The problems that the preview reports for each case's recipe."""
    return Preview([case.read(folder) for folder in FOLDERS.values()], tmp_path_factory.mktemp("recipes")).problems()


@pytest.mark.parametrize("name", FOLDERS)
def test_every_case_is_as_expected(
    spark: SparkSession, tmp_path: Path, problems: Mapping[Path, str], name: str
) -> None:
    read = case.read(FOLDERS[name])
    found = outcome(spark, read, tmp_path, "r1", problems[read.folder])
    assert differences(read.answers, found) == []
    _require_traceable_quarantine(tmp_path / "quarantine/run_id=r1", found.quarantined)


def _require_traceable_quarantine(quarantine: Path, reasons: tuple[tuple[str, ...], ...]) -> None:
    """Each quarantined row has its content and reasons, and a row of a source has its file and its number there."""
    rows = [json.loads(line) for file in quarantine.glob("job_run=*/*/*.json") for line in file.open(encoding="utf-8")]
    assert len(rows) == len(reasons)
    assert all(row["raw"] and row["reasons"] for row in rows)
    places = [(row["file"], row["row"]) for row in rows if row.get("file")]
    assert len(set(places)) == len(places) == sum(row["source"] != "data set" for row in rows)


def test_every_case_says_what_it_expects_and_why() -> None:
    unclear = [
        name
        for name, folder in FOLDERS.items()
        if not case.read(folder).answers or not json.loads((folder / "case.json").read_text()).get("why")
    ]
    assert unclear == []


def test_no_case_is_lost() -> None:
    assert len(FOLDERS) >= 160
