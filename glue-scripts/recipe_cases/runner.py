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
    """Runs the cases, prints a line for each, also for invalid ones, and returns the number of failures."""
    cases = [found for found in read.values() if isinstance(found, Case)]
    with tempfile.TemporaryDirectory(prefix="recipe-cases-") as temporary, ThreadPoolExecutor(_AT_ONCE) as pool:
        folder = Path(temporary)
        checks = Preview(cases, folder)
        spark = quiet_session(folder / "spark.log") if cases else None
        refused = checks.problems()
        # Spark plans one case while it executes another
        running = {
            case.folder: pool.submit(outcome, spark, case, folder, f"case-{place}", refused[case.folder])
            for place, case in enumerate(cases)
            if spark
        }
        passed = [
            evaluate(found, running[name].result()) if isinstance(found, Case) else _print(name, found.problems)
            for name, found in read.items()
        ]
        if spark:
            spark.stop()
    return passed.count(False)


def outcome(spark: SparkSession, case: Case, root: Path, run_id: str, refused: str) -> Outcome:
    """The outcome of a case; a recipe that the preview refuses, with these problems, is not run."""
    return Outcome(refused=refused) if refused else run(spark, case, root, run_id)


def evaluate(case: Case, found: Outcome) -> bool:
    """Prints and returns whether a case passes; writes the result into a case without `expect`."""
    if case.answers:
        return _print(case.folder, differences(case.answers, found))
    writing.expect(case.folder, found)
    _print(case.folder, ())
    print(f"     wrote the result as `expect` into {case.folder / FILE}; review it", flush=True)
    return True


def _print(name: Path, wrong: tuple[str, ...] | list[str]) -> bool:
    print("\n     ".join([f"{'FAIL' if wrong else 'ok'} {name}", *wrong]), flush=True)
    return not wrong


def quiet_session(log: Path) -> SparkSession:
    """A session whose JVM logs to a file, as cases expect errors."""
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
    """Redirects stderr to a file, also for child processes that are started meanwhile."""
    kept = os.dup(2)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
