"""Iceberg tables beside Parquet: a merge of 1 % changed rows, a query of one month, and the cost on small data."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

from bench.processes import measured

_ROWS, _CHANGED = 6_700_000, 0.01
_SMALL = 2_700
_RUNS = 2
_DAYS = 366
_FORMATS = ("iceberg", "parquet")
_HEAD = ["| what | Iceberg | Parquet | files rewritten by Iceberg |", "|---|---|---|---|"]


def run() -> list[str]:
    """The lines of the document's section."""
    with tempfile.TemporaryDirectory(prefix="bench-iceberg-") as temporary:
        folder = Path(temporary)
        large, recent, spread = folder / "large", folder / "recent", folder / "spread"
        # the changed rows are those of the last days, or of all days alike
        _write(large, range(_ROWS), _ROWS)
        _write(recent, range(int(_ROWS * (1 - _CHANGED)), _ROWS), _ROWS, note="changed")
        _write(spread, range(0, _ROWS, int(1 / _CHANGED)), _ROWS, note="changed")
        lines = [*_HEAD, _row(f"full run, {_ROWS:,} rows", _measure("write", folder, large, 1))]
        lines.append(_row("merge of 1 % changed rows, of the last days", _measure("merge", folder, recent)))
        lines.append(_row("merge of 1 % changed rows, of all days", _measure("merge", folder, spread)))
        lines.append(_row("query of one month", _measure("query", folder, large)))
    with tempfile.TemporaryDirectory(prefix="bench-iceberg-") as temporary:
        small = Path(temporary) / "small"
        _write(small, range(_SMALL), _SMALL)
        lines.append(_row(f"full run, {_SMALL:,} rows", _measure("write", Path(temporary), small)))
    return lines


def _write(folder: Path, ids: range, rows: int, note: str = "unchanged") -> None:
    """Writes the orders with these ids, of so many that are spread over a year."""
    folder.mkdir()
    with (folder / "orders.csv").open("w") as file:
        file.write("id,placed,customer,amount,note\n")
        for number in ids:
            month, days = _month(number * _DAYS // rows)
            file.write(f"{number},2024-{month:02}-{days:02}T{number % 24:02}:00:00Z,{number * 7919 % 100_000},"
                       f"{number % 1000}.{number % 100:02},{note} {number * 31 % 9973}\n")  # fmt: skip


def _month(day: int) -> tuple[int, int]:
    for month, length in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), 1):
        if day < length:
            return month, day + 1
        day -= length
    raise ValueError(day)


def _measure(kind: str, folder: Path, changes: Path, runs: int = _RUNS) -> Mapping[str, list[dict[str, Any]]]:
    """The formats take turns, so that the machine's load falls on both."""
    found: dict[str, list[dict[str, Any]]] = {table: [] for table in _FORMATS}
    for _ in range(runs):
        for table in _FORMATS:
            for leftover in folder.glob(f"{table}/**/run_id={kind}"):
                shutil.rmtree(leftover, ignore_errors=True)
            found[table].append(_run(kind, table, folder, changes))
            print(kind, table, found[table][-1], flush=True)
    return found


def _run(kind: str, table: str, folder: Path, changes: Path) -> dict[str, Any]:
    found = measured(["bench.with_iceberg", kind, table, str(folder), str(changes)])
    shutil.rmtree(folder / "spark", ignore_errors=True)
    return found


def _row(what: str, found: Mapping[str, list[dict[str, Any]]]) -> str:
    cells = [
        f"{median(run['seconds'] for run in found[table]):.1f} s, {found[table][-1]['bytes'] / 2**20:,.1f} MiB"
        for table in _FORMATS
    ]
    last = found["iceberg"][-1]
    rewritten = f"{last['rewritten']} of {last['files']}" if "files" in last else ""
    return f"| {what} | {cells[0]} | {cells[1]} | {rewritten} |"
