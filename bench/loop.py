"""How long a person waits after a change: the documented commands, from typed to done.

Nothing else does the same, so that these are seconds of one machine, not ratios. `make test` is a part of its own,
with one run.
"""

import os
import shlex
import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.pairs import RUNS, seconds

ROOT = Path(__file__).parents[1]
HEAD = """| after a change to | command | seconds | spread | runs | goal | met |
|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class _Wait:
    """What was changed, a command, and within how many seconds its answer is wanted.

    `touched` gets the time of now before each run, so that everything is rebuilt that such a change rebuilds.
    """

    change: str
    command: tuple[str, ...]
    goal: float
    touched: str | None = None
    runs: int = RUNS

    @property
    def typed(self) -> str:
        return shlex.join(self.command)

    def row(self) -> str:
        """A line of the report's table; one run before those that count, unless only one counts."""
        if self.runs > 1:
            self._taken()
        taken = [self._taken() for _ in range(self.runs)]
        middle, spread = statistics.median(taken), f"{min(taken):.1f} to {max(taken):.1f}"
        met = "yes" if middle <= self.goal else "no"
        row = f"| {self.change} | `{self.typed}` | {middle:.1f} | {spread} | {self.runs} | {self.goal:g} | {met} |"
        print(row, flush=True)
        return row

    def _taken(self) -> float:
        if self.touched:
            os.utime(ROOT / self.touched)
        taken = seconds(list(self.command), ROOT, os.environ)
        print(f"{self.typed}: {taken:.1f} s", flush=True)
        return taken


_WAITS = (
    _Wait("Java alone", ("make", "test-unit"), 15, "src/main/java/dataprep/App.java"),
    _Wait("the function", ("make", "test-lambda"), 5),
    _Wait("the job", ("make", "test-job", "ARGS=-k test_columns"), 20),
    _Wait("a recipe", ("make", "check", "CASES=glue-scripts/recipes/cases/flights-with-bad-rows"), 8),
    _Wait("nothing, all tools built", ("make", "run", "STATE=target/bench/run"), 15),
)
_ALL_TESTS = _Wait("anything", ("make", "test"), 600, runs=1)


def run() -> list[str]:
    """The lines of the document's section on commands for some of the code."""
    return [HEAD, *(wait.row() for wait in _WAITS)]


def run_all_tests() -> list[str]:
    """The same of all tests."""
    return [HEAD, _ALL_TESTS.row()]
