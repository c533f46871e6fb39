"""Runs cases in one Spark session."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

from recipe_cases import session, writing
from recipe_cases.case import FILE, Case, CaseError
from recipe_cases.comparison import differences
from recipe_cases.outcome import Outcome, run
from recipe_cases.preview import Preview

_AT_ONCE = 2

Read = Mapping[Path, Case | CaseError]


def run_all(read: Read) -> int:
    """Runs cases by their folders, or says why one cannot be run; prints each, and returns how many failed."""
    cases = [found for found in read.values() if isinstance(found, Case)]
    with tempfile.TemporaryDirectory(prefix="recipe-cases-") as temporary, ThreadPoolExecutor(_AT_ONCE) as pool:
        folder = Path(temporary)
        checks = Preview(cases, folder)
        spark = quiet_session(folder / "spark.log") if cases else None
        refused = checks.problems()
        # Spark plans one case while it computes another
        running = {
            case.folder: pool.submit(outcome, spark, case, folder, f"case-{place}", refused[case.folder])
            for place, case in enumerate(cases)
            if spark
        }
        judged = [
            judge(found, running[name].result()) if isinstance(found, Case) else _print(name, found.problems)
            for name, found in read.items()
        ]
        if spark:
            spark.stop()
    return judged.count(False)


def outcome(spark: SparkSession, case: Case, root: Path, run_id: str, refused: str) -> Outcome:
    """What becomes of a case; it is not run if the preview refused its recipe, with these problems."""
    return Outcome(refused=refused) if refused else run(spark, case, root, run_id)


def judge(case: Case, found: Outcome) -> bool:
    """Prints whether a case passes, and returns it; one without expectation gets what was found."""
    if case.answers:
        return _print(case.folder, differences(case.answers, found))
    writing.expect(case.folder, found)
    _print(case.folder, ())
    print(f"     wrote what was found as `expect` into {case.folder / FILE}: review it", flush=True)
    return True


def _print(name: Path, wrong: tuple[str, ...] | list[str]) -> bool:
    print("\n     ".join([f"{'FAIL' if wrong else 'ok'} {name}", *wrong]), flush=True)
    return not wrong


def quiet_session(log: Path) -> SparkSession:
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
