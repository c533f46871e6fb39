"""Runs cases one after the other in one Spark session."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

from recipe_cases import session, writing
from recipe_cases.case import FILE, Case, CaseError
from recipe_cases.comparison import differences
from recipe_cases.outcome import Outcome, run
from recipe_cases.preview import Preview

Read = Mapping[Path, Case | CaseError]


def run_all(read: Read) -> int:
    """Runs cases by their folders, or says why one cannot be run; prints each, and returns how many failed."""
    cases = [found for found in read.values() if isinstance(found, Case)]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="recipe-cases-") as temporary:
        folder = Path(temporary)
        checks = Preview(cases, folder)
        spark = _quiet_session(folder / "spark.log") if cases else None
        refused = checks.problems()
        for place, (name, found) in enumerate(read.items()):
            if isinstance(found, CaseError):
                failed += not _print(name, found.problems)
            elif spark:
                failed += not judge(spark, found, folder / str(place), refused[name])
        if spark:
            spark.stop()
    return failed


def judge(spark: SparkSession, case: Case, folder: Path, refused: str) -> bool:
    """Runs a case in a folder that does not exist yet, unless the preview refused its recipe; whether it passes."""
    folder.mkdir()
    outcome = Outcome(refused=refused) if refused else run(spark, case, folder)
    if case.answers:
        return _print(case.folder, differences(case.answers, outcome))
    writing.expect(case.folder, outcome)
    _print(case.folder, ())
    print(f"     wrote what was found as `expect` into {case.folder / FILE}: review it", flush=True)
    return True


def _print(name: Path, wrong: tuple[str, ...] | list[str]) -> bool:
    print("\n     ".join([f"{'FAIL' if wrong else 'ok'} {name}", *wrong]), flush=True)
    return not wrong


def _quiet_session(log: Path) -> SparkSession:
    """A session whose Java writes its own log into a file: errors that a case expects are no news."""
    logging.disable()
    try:
        with _errors_to(log):
            spark = session.start()
    except Exception:
        sys.stderr.write(log.read_text(encoding="utf-8", errors="replace"))
        raise
    return spark


@contextmanager
def _errors_to(log: Path) -> Iterator[None]:
    """Also for processes that are started meanwhile, for as long as they run."""
    kept = os.dup(2)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
