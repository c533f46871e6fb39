"""What is measured of Spark.

Usage: python -m bench.with_spark job|hand|cuallee|dqx|gx|bare|copy <folder>; prints how long it took and what became of
the rows.

`job` does all that the shipped recipe says, with the configuration that the workflow passes for so many bytes. `hand`
is the same work in PySpark without the job; `cuallee`, `dqx` and `gx` add the checks of a library. `bare` reads the
same three sources as text and writes the same columns, joined and derived, with no preparation: no type, no rule, no
count. `copy` does not even join: it writes the columns of the flights alone. All write Parquet, and from that one CSV
file.
"""

import json
import re
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from bench import by_hand, peers
from bench.rules import RECIPE, WEATHER

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "glue-scripts"
DEFINITION = ROOT / "src/test/resources/workflow.asl.json"
sys.path.insert(0, str(SCRIPTS))

from dataprep import inputs, job, recipe, settings  # noqa: E402
from dataprep.storage import Storage  # noqa: E402


def main() -> None:
    """Prints JSON; seconds are counted from when Spark is up to the last byte written."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    builder = (
        SparkSession.builder.master("local[*]")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", str(folder / "spark"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
    )
    spark = settings.start(builder.config(map=_conf(folder))) if kind == "job" else builder.getOrCreate()
    started = time.monotonic()
    kinds = {"job": _job, "hand": by_hand.run, "bare": _bare, "copy": _copy}
    kinds |= {name: partial(by_hand.run, check=check) for name, check in peers.PEERS.items()}
    counts = kinds[kind](spark, folder)
    seconds = round(time.monotonic() - started, 2)
    spark.stop()
    print(json.dumps({"seconds": seconds, **counts}))


def _conf(folder: Path) -> dict[str, str]:
    """The configuration of a short run, by the definition of the state machine; empty for a longer one."""
    definition = json.loads(DEFINITION.read_text())
    conf = definition["States"]["TransformData"]["Arguments"]["Arguments"]["--conf"]
    limit, short = re.search(r"< (\d+) .*\? ' --conf ([^']*)'", conf).groups()
    size = sum(file.stat().st_size for file in (folder / "raw").rglob("*.csv"))
    return dict(pair.split("=", 1) for pair in short.split(" --conf ")) if size < int(limit) else {}


def _job(spark: SparkSession, folder: Path) -> dict[str, Any]:
    parsed = recipe.parse(RECIPE.read_text())
    # a URI would have other characters for a space, which Spark takes as they are
    root = f"file://{folder}"
    located = inputs.locate(Storage(spark), parsed.sources, f"{root}/raw/run_id=bench/", "")
    report = job.run(spark, parsed, located, f"{root}/out", "bench", "1")
    return {name: report[name] for name in ("rows_in", "rows_out", "rows_quarantined")}


def _bare(spark: SparkSession, folder: Path) -> dict[str, Any]:
    airlines = _read(spark, folder, "airlines").withColumnRenamed("name", "airline")
    weather = _read(spark, folder, "weather").select("origin", "time_hour", *_origins("weather")[-len(WEATHER) :])
    joined = _flights(spark, folder).join(airlines, "carrier", "left").join(weather, ["origin", "time_hour"], "left")
    derived = joined.selectExpr(
        "*", "dep_delay = 'NA' as cancelled", "coalesce(try_cast(arr_delay as int) >= 15, false) as delayed"
    )
    return _write(derived, folder)


def _copy(spark: SparkSession, folder: Path) -> dict[str, Any]:
    return _write(_flights(spark, folder), folder)


def _flights(spark: SparkSession, folder: Path) -> DataFrame:
    return _read(spark, folder, "flights").select(*_origins("flights"))


def _read(spark: SparkSession, folder: Path, source: str) -> DataFrame:
    return spark.read.csv(str(folder / "raw/run_id=bench" / source), header=True)


def _origins(source: str) -> list[str]:
    columns = json.loads(RECIPE.read_text())["sources"][source]["columns"]
    return [column.get("from", column["name"]) for column in columns]


def _write(rows: DataFrame, folder: Path) -> dict[str, Any]:
    dataset = str(folder / "out" / "dataset")
    rows.write.parquet(dataset)
    rows.sparkSession.read.parquet(dataset).coalesce(1).write.csv(f"{dataset}.csv", header=True)
    return {}


if __name__ == "__main__":
    main()
