"""Runs a case: the job itself, on local files."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from dataprep import inputs, job, recipe
from dataprep.failures import root_cause
from dataprep.recipe import TableFormat
from dataprep.storage import Storage
from recipe_cases.case import Case
from recipe_cases.session import uri

_JOB_RUN = "jr_case"
# the key of columns to hash, so that the hashes in `expect` are the same on each machine
_HASH_KEY = "the key of the recipe cases, fixed"


@dataclass(frozen=True)
class Outcome:
    """The outputs of a run; or `refused`, the problems that the preview reports; or `error`, which ended the run."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    quarantined: tuple[tuple[str, ...], ...] = ()
    verdict: str = ""
    warnings: tuple[str, ...] = ()
    refused: str = ""
    error: str = ""


def run(spark: SparkSession, case: Case, root: Path, run_id: str) -> Outcome:
    """Runs the case, after its `before` run if it has one; runs below one root write to different folders."""
    job_run = partial(_run, spark, root)
    try:
        # the rows are compared with output.csv, also if the recipe does not publish it
        parsed = replace(recipe.parse(case.recipe_text), csv=True)
        published = ""
        if case.before:
            earlier = job_run(f"{run_id}-before", parsed, {**case.sources, **case.before}, "")
            if earlier["verdict"] != "passed":
                return Outcome(error="before: the earlier run's verdict is failed, nothing was published")
            published = earlier["dataset"]
        return _read(root, run_id, job_run(run_id, parsed, case.sources, published))
    except Exception as error:  # any error is the outcome of the case
        return Outcome(error=_described(error).replace(str(root), "..."))


def _run(
    spark: SparkSession, root: Path, run_id: str, parsed: recipe.Recipe, sources: Mapping[str, Path], published: str
) -> dict[str, Any]:
    """Runs the job and returns its report; the sources are where the extraction would write them."""
    raw = root / "raw" / f"run_id={run_id}"
    for name, path in sources.items():
        if path.is_dir():
            shutil.copytree(path, raw / name)
        else:
            (raw / name).mkdir(parents=True)
            shutil.copy(path, raw / name)
    located = inputs.locate(Storage(spark), parsed.sources, f"{uri(raw)}/", published)
    # the format does not change the rows, and Parquet needs no jar
    parsed = replace(parsed, table=TableFormat())
    return job.run(spark, parsed, located, uri(root), run_id, _JOB_RUN, hash_key=_HASH_KEY)


def _read(root: Path, run_id: str, report: Mapping[str, Any]) -> Outcome:
    output = root / f"transformed-data/dataset/run_id={run_id}/job_run={_JOB_RUN}/_output.csv"
    # Spark writes values of any length
    csv.field_size_limit(sys.maxsize)
    # decoded from bytes to keep line breaks within texts; like other CSV readers it skips empty lines
    lines = [row for row in csv.reader(io.StringIO(output.read_bytes().decode(), newline="")) if row]
    quarantine = sorted((root / f"quarantine/run_id={run_id}/job_run={_JOB_RUN}").glob("*/*.json"))
    reasons = [json.loads(line)["reasons"] for file in quarantine for line in _lines(file)]
    return Outcome(
        columns=tuple(lines[0]),
        rows=tuple(map(tuple, lines[1:])),
        quarantined=tuple(sorted(tuple(sorted(row)) for row in reasons)),
        verdict=report["verdict"],
        warnings=tuple(report["warnings"]),
    )


def _lines(file: Path) -> list[str]:
    # splitlines would also split at other characters within texts
    return [line for line in file.read_text(encoding="utf-8").split("\n") if line]


def _described(error: Exception) -> str:
    text = root_cause(error) if isinstance(error, Py4JJavaError | PySparkException) else str(error)
    return f"{type(error).__name__}: {text}"
