"""One measured run with the orders that bench/iceberg.py has generated.

Usage: python -m bench.with_iceberg write|merge parquet|iceberg FOLDER CHANGES; CHANGES is the folder of the run's new
orders. Prints JSON: seconds from when Spark is up, and the bytes of the files that the run has written. `write` is a
full run; `merge` merges CHANGES into what `write` has written. `query` reads one month of it.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "glue-scripts"), str(ROOT)]

from dataprep import job, recipe, settings  # noqa: E402
from dataprep.iceberg_versions import Published  # noqa: E402
from dataprep.inputs import Inputs  # noqa: E402
from recipe_cases import session  # noqa: E402

COLUMNS = {"id": "long", "placed": "timestamp", "customer": "long", "amount": "decimal(10,2)", "note": "string"}
MONTH = ("2024-06-01", "2024-07-01")


def main(kind: str, table: str, folder: str, changes: str) -> None:
    """Prints what the run took."""
    spark = session.start(
        ROOT / ".cache/iceberg-jars",
        **{"spark.hadoop.fs.file.impl": "org.apache.hadoop.fs.LocalFileSystem", "spark.sql.shuffle.partitions": "16",
           "spark.local.dir": f"{folder}/spark"},
    )  # fmt: skip
    settings.apply(spark)
    started = time.monotonic()
    found = _query(spark, table, folder) if kind == "query" else _run(spark, kind, table, folder, changes)
    print(json.dumps({**found, "seconds": round(time.monotonic() - started, 2)}))


def _run(spark: SparkSession, kind: str, table: str, folder: str, changes: str) -> dict[str, Any]:
    root = f"file://{folder}/{table}"
    report_of = Path(folder, table, "report.json")
    document = {
        "name": "orders",
        "sources": {
            "orders": {
                "format": {"type": "csv"},
                "columns": [{"name": name, "type": kind} for name, kind in COLUMNS.items()],
            }
        },
        "dataset": {"from": "orders", "incremental": {"key": ["id"]}},
        "output": {"csv": False, "table": {"format": table, "partitionBy": ["month(placed)"]}},
    }
    if table == "parquet":
        del document["output"]["table"]
    published = json.loads(report_of.read_text()) if kind == "merge" else {}
    base = Published(published.get("table", {}).get("metadata_location", ""))
    inputs = Inputs({"orders": f"file://{changes}"}, published.get("dataset", ""))
    report = job.run(spark, recipe.parse(json.dumps(document)), inputs, root, kind, "1", table=base)
    if kind == "write":
        report_of.write_text(json.dumps(report))
    written = list(Path(folder, table).glob(f"transformed-data/*/run_id={kind}/**/*.parquet"))
    facts = report.get("table", {})
    return {
        "rows": report["rows_out"],
        "bytes": sum(file.stat().st_size for file in written),
        "files": facts.get("files", len(written)),
        "rewritten": facts.get("files_rewritten", len(written)),
    }


def _query(spark: SparkSession, table: str, folder: str) -> dict[str, Any]:
    report = json.loads(Path(folder, table, "report.json").read_text())
    if table == "iceberg":
        rows = spark.read.format("iceberg").load(report["table"]["metadata_location"])
    else:
        rows = spark.read.parquet(report["dataset"])
    month = rows.filter(f"placed >= '{MONTH[0]}' AND placed < '{MONTH[1]}'")
    month.selectExpr("count(*)", "sum(amount)", "max(note)").collect()
    files = month.selectExpr("input_file_name()").distinct().collect() if table == "iceberg" else rows.inputFiles()
    paths = [Path("/" + str(file[0] if table == "iceberg" else file).split(":", 1)[1].lstrip("/")) for file in files]
    return {"bytes": sum(path.stat().st_size for path in paths)}


if __name__ == "__main__":
    main(*sys.argv[1:])
