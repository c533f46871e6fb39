"""The Spark job with the shipped recipe beside a bare Spark, DuckDB and Polars, and how it grows with the rows.

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
from bench.pairs import HEAD, RUNS, Pair
from bench.processes import measured

ROOT = Path(__file__).parents[1]
PACKAGES = ["duckdb==2.0.1", "polars==2.1.0"]
ENGINES = ROOT / ".cache" / "bench" / "-".join(PACKAGES).replace("==", "-")
# of the 336,776 flights of a year
GROWING = (0.2, 2)
COMMANDS = {
    "job": ["bench.with_spark", "job"],
    "bare": ["bench.with_spark", "bare"],
    "copy": ["bench.with_spark", "copy"],
    "duckdb": ["bench.with_duckdb"],
    "polars": ["bench.with_polars"],
}
REFERENCES = {"bare": "bare Spark, same sources and columns", "copy": "bare Spark, the flights' columns alone"}
# the last is left out of the larger comparison, which takes most of the time
COMPARED = {1: list(COMMANDS), 20: [kind for kind in COMMANDS if kind != "copy"]}
_COUNTS = ("rows_in", "rows_out", "rows_quarantined")

Turns = list[Mapping[str, Mapping[str, Any]]]


def run() -> list[str]:
    """The lines of the document's section."""
    _install()
    compared = {factor: _turns(factor, kinds) for factor, kinds in COMPARED.items()}
    grown = {factor: _turns(factor, ["job"]) for factor in GROWING}
    pairs = [_pair(turns, kind) for turns in compared.values() for kind in REFERENCES if kind in turns[0]]
    sizes = [_by_size(turns) for turns in compared.values()]
    growth = _growth([grown[0.2], grown[2], compared[20]])
    return [HEAD, *pairs, "", *_SIZES_HEAD, *sizes, "", *_GROWTH_HEAD, *growth]


def _install() -> None:
    if not ENGINES.exists():
        pip = [sys.executable, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--target", f"{ENGINES}.part"]
        subprocess.run([*pip, *PACKAGES], check=True, stdout=sys.stderr)  # noqa: S603
        Path(f"{ENGINES}.part").rename(ENGINES)


def _turns(factor: float, kinds: list[str]) -> Turns:
    with tempfile.TemporaryDirectory(prefix="bench-transform-") as temporary:
        folder = Path(temporary)
        rows = flights.write(folder / "raw/run_id=bench", factor)
        turns: Turns = []
        for _ in range(RUNS):
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
    found = measured([*COMMANDS[kind], str(folder)], {"PYTHONPATH": str(ENGINES)})
    for written in ("out", "spark"):
        shutil.rmtree(folder / written, ignore_errors=True)
    return found


def _pair(turns: Turns, reference: str) -> str:
    name = f"job with the shipped recipe to {REFERENCES[reference]}, {turns[0]['job']['rows_in']:,} flights"
    seconds = {kind: [turn[kind]["seconds"] for turn in turns] for kind in ("job", reference)}
    return Pair(name, "at most 1.5", lambda ratio: ratio <= 1.5, seconds["job"], seconds[reference]).row()


_SIZES_HEAD = [
    f"| flights | {' | '.join(f'{kind}: seconds, peak MiB' for kind in COMMANDS)} |",
    "|---" * (len(COMMANDS) + 1) + "|",
]


def _by_size(turns: Turns) -> str:
    cells = (
        f"{_median(turns, kind, 'seconds'):.1f}, {_median(turns, kind, 'peak_mib'):,.0f}" if kind in turns[0] else ""
        for kind in COMMANDS
    )
    return f"| {turns[0]['job']['rows_in']:,} | {' | '.join(cells)} |"


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


def _median(turns: Turns, kind: str, what: str) -> float:
    return statistics.median(turn[kind][what] for turn in turns)
