"""`make bench`: measures what docs/performance.md promises, and updates its figures.

Usage: python -m bench [PART ...], without a name all of them: preview, growth, extraction, database, transform,
iceberg, loop, tests.
"""

import os
import platform
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import database, extraction, iceberg, loop, preview, transform
from bench.pairs import HEAD

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "performance.md"


def _preview() -> list[str]:
    pair, compared = preview.run()
    return [HEAD, pair.row(), "", compared]


def _growth() -> list[str]:
    return [HEAD, *(pair.row() for pair in preview.run_growth())]


def _extraction() -> list[str]:
    pairs, memory = extraction.run()
    return [HEAD, *(pair.row() for pair in pairs), "", memory]


PARTS: dict[str, Callable[[], list[str]]] = {
    "preview": _preview,
    "growth": _growth,
    "extraction": _extraction,
    "database": database.run,
    "transform": transform.run,
    "iceberg": iceberg.run,
    "loop": loop.run,
    "tests": loop.run_all_tests,
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
