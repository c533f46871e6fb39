"""Reads a published Iceberg table again and again, as its readers do, and prints what each read gives.

    table_readers.py ENDPOINT REGION DATABASE TABLE READERS FOLDER

READERS is a list of pyiceberg, duckdb and spark, separated by commas. Each read takes the metadata file that the
catalog names and prints a line: {reader, metadata_location, rows}, or {reader, error}. It ends with its standard input.
"""

import importlib
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3

ROOT = Path(__file__).parents[6]
COLUMNS = ["order_id", "status", "pieces"]


def main(endpoint: str, region: str, database: str, table: str, readers: str, folder: str) -> None:
    """Reads until the standard input ends."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    glue = boto3.client("glue", endpoint_url=endpoint, region_name=region)
    made = {name: READERS[name](endpoint, region, Path(folder)) for name in readers.split(",")}
    print(json.dumps({"ready": list(made)}), flush=True)
    while not ended.is_set():
        for name, read in made.items():
            found = glue.get_table(DatabaseName=database, Name=table)["Table"]["Parameters"].get("metadata_location")
            if found:
                print(json.dumps(_read(name, read, found)), flush=True)
    os._exit(0)


def _read(name: str, read: Callable[[str], list[Any]], location: str) -> dict[str, Any]:
    try:
        rows = sorted(read(location), key=repr)
    except Exception as error:
        return {"reader": name, "metadata_location": location, "error": f"{type(error).__name__}: {error}"}
    return {"reader": name, "metadata_location": location, "rows": ["|".join(map(str, row)) for row in rows]}


def pyiceberg(endpoint: str, region: str, folder: Path) -> Callable[[str], list[Any]]:
    """PyIceberg, with the S3 of PyArrow."""
    from pyiceberg.table import StaticTable

    key = {"s3.access-key-id": os.environ["AWS_ACCESS_KEY_ID"],
           "s3.secret-access-key": os.environ["AWS_SECRET_ACCESS_KEY"]}  # fmt: skip
    properties = {"s3.endpoint": endpoint, "s3.region": region, **key}

    def read(location: str) -> list[Any]:
        table = StaticTable.from_metadata(location, properties)
        return [tuple(row.values()) for row in table.scan(selected_fields=tuple(COLUMNS)).to_arrow().to_pylist()]

    return read


def duckdb(endpoint: str, region: str, folder: Path) -> Callable[[str], list[Any]]:
    """DuckDB, with its extensions as Python packages have them."""
    import duckdb

    database = duckdb.connect()
    for name in ("avro", "httpfs", "iceberg"):
        package = Path(str(importlib.import_module(f"duckdb_extension_{name}").__file__)).parent
        (file,) = package.glob(f"extensions/*/{name}.duckdb_extension")
        database.execute(f"LOAD '{file}'")
    database.execute(
        f"CREATE SECRET (TYPE s3, KEY_ID '{os.environ['AWS_ACCESS_KEY_ID']}', "
        f"SECRET '{os.environ['AWS_SECRET_ACCESS_KEY']}', REGION '{region}', "
        f"ENDPOINT '{urlsplit(endpoint).netloc}', USE_SSL false, URL_STYLE path)"
    )
    columns = ", ".join(COLUMNS)
    return lambda location: database.execute(f"SELECT {columns} FROM iceberg_scan(?)", [location]).fetchall()  # noqa: S608 - our own columns


def spark(endpoint: str, region: str, folder: Path) -> Callable[[str], list[Any]]:
    """Spark, as the local AWS starts it for a job."""
    sys.path.insert(0, str(ROOT))
    from pyspark.sql import SparkSession

    from local.services.spark import environment

    jars = ROOT / ".cache"
    conf = {
        "spark.hadoop.fs.s3a.endpoint.region": region,
        "spark.hadoop.fs.s3a.aws.credentials.provider": "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "spark.hadoop.fs.s3a.access.key": os.environ["AWS_ACCESS_KEY_ID"],
        "spark.hadoop.fs.s3a.secret.key": os.environ["AWS_SECRET_ACCESS_KEY"],
    }
    found = environment(endpoint, conf, [jars / "spark-jars", jars / "iceberg-jars"], folder)
    os.environ.update(found)
    session = SparkSession.builder.getOrCreate()
    return lambda location: [
        tuple(row) for row in session.read.format("iceberg").load(location).select(*COLUMNS).collect()
    ]


READERS: dict[str, Callable[[str, str, Path], Callable[[str], list[Any]]]] = {
    "pyiceberg": pyiceberg,
    "duckdb": duckdb,
    "spark": spark,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
