"""The Spark job with the shipped recipe beside the same work by other means, and how it grows with the rows.

Each run is a process of its own, Spark's with 2 GiB of heap; memory is the peak of the whole process tree. The ways
take turns, so that what else a machine does falls on all of them.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench import flights
from bench.pairs import HEAD, Pair
from bench.peers import PACKAGES as PEERS
from bench.processes import measured

ROOT = Path(__file__).parents[1]
PACKAGES = {"engines": ("duckdb==2.0.1", "polars==2.1.0"), **PEERS}
CACHE = ROOT / ".cache" / "bench"
RUNS, RUNS_OF_LARGE = 3, 2
# of the 336,776 flights of a year
GROWING = (0.2, 2)
COMMANDS = {
    **{kind: ["bench.with_spark", kind] for kind in ("job", "hand", *PEERS, "bare", "copy")},
    "duckdb": ["bench.with_duckdb"],
    "polars": ["bench.with_polars"],
}
REFERENCES = {
    "hand": "PySpark by hand",
    "cuallee": "PySpark with cuallee",
    "dqx": "PySpark with DQX",
    "gx": "PySpark with Great Expectations",
    "bare": "bare Spark, same sources and columns",
    "copy": "bare Spark, the flights' columns alone",
}
GOALS = {"bare": 1.5, "copy": 1.5}
# two are left out of the larger comparison, which takes most of the time
LARGE = 20
# a run with many quarantined rows: ten million flights, of which one in a hundred has a reason
QUARANTINED, BROKEN_EVERY = 30, 100
COMPARED = {1: list(COMMANDS), LARGE: [kind for kind in COMMANDS if kind not in ("copy", "gx")]}
_COUNTS = ("rows_in", "rows_out", "rows_quarantined")

Turns = list[Mapping[str, Mapping[str, Any]]]


def run() -> list[str]:
    """The lines of the document's section."""
    _install()
    compared = {factor: _turns(factor, kinds) for factor, kinds in COMPARED.items()}
    grown = {factor: _turns(factor, ["job"]) for factor in GROWING}
    pairs = [_pair(turns, kind) for turns in compared.values() for kind in REFERENCES if kind in turns[0]]
    sizes = _by_size(list(compared.values()))
    growth = _growth([grown[0.2], grown[2], compared[LARGE]])
    quarantined = _quarantined(_turns(QUARANTINED, ["job"], BROKEN_EVERY))
    return [HEAD, *pairs, "", *sizes, "", *_GROWTH_HEAD, *growth, "", quarantined]


def _install() -> None:
    for name, packages in PACKAGES.items():
        if not (target := _installed(name)).exists():
            pip = [sys.executable, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--target", f"{target}.part"]
            subprocess.run([*pip, *packages], check=True, stdout=sys.stderr)  # noqa: S603
            Path(f"{target}.part").rename(target)


def _installed(name: str) -> Path:
    return CACHE / "-".join([name, *PACKAGES[name]]).replace("==", "-")


def _turns(factor: float, kinds: list[str], broken_every: int = 0) -> Turns:
    with tempfile.TemporaryDirectory(prefix="bench-transform-") as temporary:
        folder = Path(temporary)
        rows = flights.write(folder / "raw/run_id=bench", factor, broken_every)
        turns: Turns = []
        for _ in range(RUNS_OF_LARGE if factor >= LARGE else RUNS):
            turns.append({kind: _run(kind, folder) for kind in kinds})
            print(f"{rows:,} flights: " + ", ".join(f"{kind} {turns[-1][kind]['seconds']} s" for kind in kinds))
            _require_the_same(rows, turns[-1])
    return turns


def _require_the_same(rows: int, turn: Mapping[str, Mapping[str, Any]]) -> None:
    """Checks that all candidates produce the same rows; otherwise the comparison would be meaningless."""
    found = {kind: tuple(turn[kind][name] for name in _COUNTS) for kind in turn if "rows_in" in turn[kind]}
    if len(set(found.values())) != 1 or found["job"][0] != rows:
        raise SystemExit(f"of {rows} rows came different ones: {_COUNTS}: {found}")


def _run(kind: str, folder: Path) -> dict[str, Any]:
    """One run in a process of its own."""
    packages = _installed(kind if kind in PEERS else "engines")
    found = measured([*COMMANDS[kind], str(folder)], {"PYTHONPATH": str(packages)})
    for written in ("out", "spark"):
        shutil.rmtree(folder / written, ignore_errors=True)
    return found


def _pair(turns: Turns, reference: str) -> str:
    name = f"job with the shipped recipe to {REFERENCES[reference]}, {turns[0]['job']['rows_in']:,} flights"
    seconds = {kind: [turn[kind]["seconds"] for turn in turns] for kind in ("job", reference)}
    goal = GOALS.get(reference, 1.0)
    return Pair(name, f"at most {goal:g}", lambda ratio: ratio <= goal, seconds["job"], seconds[reference]).row()


def _by_size(sizes: list[Turns]) -> list[str]:
    """Seconds and memory of each way, a column for each size."""
    rows = [f"{turns[0]['job']['rows_in']:,} flights: seconds, peak MiB" for turns in sizes]
    lines = [f"| way | {' | '.join(rows)} |", "|---" * (len(sizes) + 1) + "|"]
    for kind in COMMANDS:
        cells = (
            f"{_median(turns, kind, 'seconds'):.1f}, {_median(turns, kind, 'peak_mib'):,.0f}"
            if kind in turns[0]
            else ""
            for turns in sizes
        )
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return lines


_GROWTH_HEAD = [
    "| flights | job, seconds | microseconds a row | of each row more | peak MiB |",
    "|---|---|---|---|---|",
]


def _growth(sizes: Iterable[Turns]) -> list[str]:
    """Time and memory by size; a row's share, and what each row more than in the line above takes."""
    lines, last = [], (0, 0.0)
    for turns in sizes:
        rows, seconds = turns[0]["job"]["rows_in"], _median(turns, "job", "seconds")
        more = f"{(seconds - last[1]) / (rows - last[0]) * 1e6:.1f}" if last[0] else ""
        share, peak = seconds / rows * 1e6, _median(turns, "job", "peak_mib")
        lines.append(f"| {rows:,} | {seconds:.1f} | {share:.1f} | {more} | {peak:,.0f} |")
        last = (rows, seconds)
    return lines


def _quarantined(turns: Turns) -> str:
    """A sentence on a run with many quarantined rows."""
    seconds, peak = _median(turns, "job", "seconds"), _median(turns, "job", "peak_mib")
    rows, quarantined = turns[0]["job"]["rows_in"], turns[0]["job"]["rows_quarantined"]
    return (
        f"A run of {rows:,} flights of which {quarantined:,} are quarantined takes {seconds:.1f} s,"
        f" {seconds / rows * 1e6:.1f} microseconds a row, and {peak:,.0f} MiB."
    )


def _median(turns: Turns, kind: str, what: str) -> float:
    return statistics.median(turn[kind][what] for turn in turns)
