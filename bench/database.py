"""A table of a million rows that the job reads into its snapshot, beside a bare Spark that reads the same table.

As a program: python -m bench.database ours|parts|bare <folder> <port> <password>.
"""

import json
import secrets
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.pairs import HEAD, Pair
from bench.processes import measured

ROOT = Path(__file__).parents[1]
ROWS = 1_000_000
KINDS = ("ours", "parts", "bare")
TURNS = 3
PARTITION = {"column": "id", "count": 4}
DATA = """
create table orders as select n as id, 1 + n % 1000 as customer_id, (n % 100000) / 100.0::numeric(12, 2) as amount,
    timestamptz '2024-01-01 00:00+00' + n * interval '1 second' as placed, 'order ' || n as note, n % 7 = 0 as is_paid
    from generate_series(1, 1000000) n;
"""


def run() -> list[str]:
    """The lines of the document's section."""
    from local import databases

    password = secrets.token_urlsafe(24)
    with (
        databases.postgresql(password, {"postgres": "create database shop;\n", "shop": DATA}) as port,
        tempfile.TemporaryDirectory(prefix="bench-database-") as folder,
    ):
        turns = [
            {kind: measured(["bench.database", kind, folder, str(port), password]) for kind in KINDS}
            for _ in range(TURNS)
        ]
    lines = [HEAD]
    for kind, how in (("ours", "in one part"), ("parts", f"in {PARTITION['count']} parts")):
        seconds = {name: [turn[name]["seconds"] for turn in turns] for name in (kind, "bare")}
        name = f"reading {ROWS:,} rows of PostgreSQL {how}, to bare Spark in one part"
        pair = Pair(name, "at most 1.5", lambda ratio: ratio <= 1.5, seconds[kind], seconds["bare"])
        print(pair.row(), flush=True)
        lines.append(pair.row())
    peaks = {kind: max(turn[kind]["peak_mib"] for turn in turns) for kind in turns[0]}
    held = ", ".join(f"{kind} {peak:,} MiB" for kind, peak in peaks.items())
    return [*lines, "", f"The most memory of each process with its Spark: {held}."]


def main(kind: str, folder: str, port: str, password: str) -> None:
    """Prints JSON; seconds are counted from when Spark is up."""
    sys.path.insert(0, str(ROOT / "glue-scripts"))
    from dataprep import databases, recipe, secrets
    from recipe_cases import session

    spark = session.start()
    uri, user = f"jdbc:postgresql://localhost:{port}/shop", "admin"
    target = f"file://{folder}/{kind}-{time.monotonic_ns()}/"
    started = time.monotonic()
    if kind == "bare":
        properties = {"user": user, "password": password, "driver": "org.postgresql.Driver", "fetchsize": "10000"}
        spark.read.jdbc(uri, "orders", properties=properties).write.parquet(target)
    else:
        secrets.credentials = lambda _: secrets.Credentials(user, password)
        partition = {"partition": PARTITION} if kind == "parts" else {}
        column = {"name": "id", "type": "long"}
        document = {
            "name": "orders",
            "sources": {"orders": {"format": {"type": "parquet"}, "columns": [column]}},
            "dataset": {"from": "orders"},
        }
        databases.read(spark, recipe.parse(json.dumps(document)), _inputs(uri, target, partition), "1")
    seconds = round(time.monotonic() - started, 2)
    spark.stop()
    print(json.dumps({"seconds": seconds}))


def _inputs(uri: str, target: str, partition: dict[str, Any]) -> Any:
    from dataprep.database_settings import Database
    from dataprep.inputs import Inputs

    described = {"uri": uri, "secret": "bench", "table": "orders", "fetchSize": 10_000, "timeoutSeconds": 600}
    pointer = {"database": {**described, "allowPlaintext": False, **partition}}
    return Inputs({"orders": target}, databases={"orders": Database.parse("orders", pointer)})


if __name__ == "__main__":
    main(*sys.argv[1:])
