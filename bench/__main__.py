"""`make bench`: measures what docs/performance.md promises, and writes its figures anew.

Usage: python -m bench [preview] [growth] [extraction] [transform]; without a name, all of them.
"""

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import extraction, preview
from bench.pairs import HEAD, RUNS, Pair

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "performance.md"
# of the 336,776 flights of a year
FACTORS = (1, 20)


def _preview() -> list[str]:
    pair, compared = preview.run()
    return [HEAD, pair.row(), "", compared]


def _growth() -> list[str]:
    return [HEAD, *(pair.row() for pair in preview.run_growth())]


def _extraction() -> list[str]:
    pairs, memory = extraction.run()
    return [HEAD, *(pair.row() for pair in pairs), "", memory]


def _transform() -> list[str]:
    return [HEAD, *(_transform_row(factor, csv) for factor in FACTORS for csv in (True, False))]


def _transform_row(factor: int, csv: bool) -> str:
    command = [sys.executable, "bench/transform.py", "--rows-factor", str(factor), "--runs", str(RUNS)]
    options = [] if csv else ["--no-csv"]
    printed = subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    found = json.loads(printed.stdout)
    taken = {kind: [run[kind]["seconds"] for run in found["runs"]] for kind in ("job", "bare")}
    outputs = "with output.csv" if csv else "data set only"
    name = f"job with the shipped recipe to bare Spark, {found['rows']:,} flights, {outputs}"
    row = Pair(name, "at most 1.5", lambda ratio: ratio <= 1.5, taken["job"], taken["bare"]).row()
    print(row, flush=True)
    return row


PARTS: dict[str, Callable[[], list[str]]] = {
    "preview": _preview,
    "growth": _growth,
    "extraction": _extraction,
    "transform": _transform,
}


def _machine() -> str:
    """What the figures were taken on, and how busy it was."""
    cores = os.cpu_count()
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    load = os.getloadavg()[0]
    return (
        f"Taken on {datetime.now(UTC):%Y-%m-%d} on {platform.system()} {platform.machine()}, {cores} cores,"
        f" {gibibytes:.0f} GiB; load average at the end {load:.1f}."
    )


def main() -> None:
    """Writes each part's lines between its two marks."""
    names = sys.argv[1:] or list(PARTS)
    for name in names:
        lines = [*PARTS[name](), "", _machine()]
        text = DOCUMENT.read_text()
        marks = f"(<!-- measured: {name} -->\n).*?(<!-- end: {name} -->)"
        body = "\n".join(lines)
        DOCUMENT.write_text(
            re.sub(marks, lambda found, body=body: f"{found[1]}{body}\n{found[2]}", text, flags=re.DOTALL)
        )


if __name__ == "__main__":
    main()
