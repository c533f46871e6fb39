"""Reads the sources that are databases into Parquet files in their folders, from which the job then prepares them.

The snapshot's description is written last. A job that finds it, because it retries the job of the same run, uses the
snapshot and does not read the database again.
"""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import object_tags, parquet_schemas, secrets, settings
from dataprep.concurrency import run_concurrently
from dataprep.counting import Counter
from dataprep.database_connections import connected, described, require_silence
from dataprep.database_dialects import Dialect
from dataprep.database_queries import Query, prepared
from dataprep.database_settings import Database
from dataprep.failures import LostRows, SourceError
from dataprep.inputs import Inputs
from dataprep.mysql import MySql
from dataprep.postgresql import PostgreSql
from dataprep.recipe import Recipe, Source
from dataprep.storage import Storage

_SNAPSHOT = "_snapshot.json"
_DIALECTS: dict[str, Dialect] = {"postgresql": PostgreSql(), "mysql": MySql()}
_UNEQUAL_MOMENTS = "the partitions were read at different moments, between which the rows may have changed"


def read(spark: SparkSession, recipe: Recipe, inputs: Inputs, job_run: str) -> Inputs:
    """The inputs with a snapshot of each database; raises SourceError, SecretUnavailable or LostRows.

    A snapshot is below the source's folder, in job_run=<job_run>/. Next to it, _snapshot.json has the snapshot's uri,
    rows, bytes and columns, `read_at` and the isolation of the partitions.
    """
    if not inputs.databases:
        return inputs
    require_silence(spark)
    settings.apply(spark)
    names = list(inputs.databases)
    tasks = (
        partial(_snapshot, spark, recipe.sources[name], inputs.databases[name], inputs.sources[name], job_run)
        for name in names
    )
    found = dict(zip(names, run_concurrently(spark, *tasks), strict=True))
    return replace(
        inputs,
        sources={**inputs.sources, **{name: snapshot["uri"] for name, snapshot in found.items()}},
        types={name: {column["name"]: column["type"] for column in found[name]["columns"]} for name in names},
        warnings=tuple(f"source {name}: {_UNEQUAL_MOMENTS}" for name in names if not found[name]["one_state"]),
    )


def _snapshot(spark: SparkSession, source: Source, database: Database, folder: str, job_run: str) -> dict[str, Any]:
    """The description of the source's snapshot, which is made unless there is one."""
    if source.format["type"] != "parquet":
        kind = source.format["type"]
        raise SourceError(f"source {source.name}: format.type: invalid value '{kind}'; must be parquet for a database")
    storage = Storage(spark)
    if storage.exists(folder + _SNAPSHOT):
        found = dict(json.loads(storage.read(folder + _SNAPSHOT)))
        _require_rows(spark, storage, source, found["uri"], found["rows"])
        return found
    made = _read(spark, source, database, f"{folder}job_run={job_run}/")
    if database.sensitive:
        # with the files that an aborted job left
        object_tags.mark_sensitive(uri for uri in storage.ages(folder) if f"/{source.name}/job_run=" in uri)
    storage.write(folder + _SNAPSHOT, json.dumps(made, indent=2))
    return made


def _read(spark: SparkSession, source: Source, database: Database, target: str) -> dict[str, Any]:
    credentials, dialect, storage = secrets.credentials(database.secret), _DIALECTS[database.kind], Storage(spark)
    # in the URL, as Spark does not keep the case of the names of properties
    url = f"{database.uri}?{urlencode(dialect.parameters(database))}"
    is_sensitive = database.sensitive or source.is_sensitive
    # open to the end, as its snapshot ends with it
    with (
        connected(spark, database, url, dialect.driver, credentials) as connection,
        described(database, credentials, is_sensitive),
    ):
        read_at = datetime.now(UTC)
        session = dialect.session(connection, database)
        query = prepared(spark, source, database, dialect, connection)
        properties = {
            "user": credentials.username,
            "password": credentials.password,
            "driver": dialect.driver,
            "fetchsize": str(database.fetch_size),
            "sessionInitStatement": session,
        }
        rows = spark.read.jdbc(url, query.table, predicates=query.ranges, properties=properties)
        counter = Counter()
        _write(storage, counter.at(_exact(database, query, rows)), target)
    _require_rows(spark, storage, source, target, counter.rows)
    isolation, one_state = dialect.isolation(len(query.ranges))
    return {
        "uri": target,
        "rows": counter.rows,
        "bytes": sum(storage.data_files(target).values()),
        "columns": [
            {"name": column.name, "database_type": column.database_type, "type": reading.type}
            for column, reading in zip(query.columns, query.readings, strict=True)
        ],
        "read_at": f"{read_at:%Y-%m-%dT%H:%M:%SZ}",
        "partitions": len(query.ranges),
        "isolation": isolation,
        "one_state": one_state,
    }


def _exact(database: Database, query: Query, rows: DataFrame) -> DataFrame:
    """The columns with their names; raises SourceError if Spark reads one with a type that was not expected."""
    values = []
    for place, (column, reading) in enumerate(zip(query.columns, query.readings, strict=True)):
        name, found = rows.columns[place], rows.schema[place].dataType.simpleString()
        if found not in reading.spark_types:
            raise SourceError(f"{database.where}: column {column.name}: read as {found}; must be {reading.type}")
        values.append(F.col(name).cast(reading.stored) if reading.stored else F.col(name))
    return rows.select(*values).toDF(*(column.name for column in query.columns))


def _write(storage: Storage, rows: DataFrame, target: str) -> None:
    try:
        rows.write.mode("overwrite").parquet(target)
    except BaseException:
        # the failure to report is the first one
        with suppress(Py4JJavaError):
            storage.delete(target)
        raise


def _require_rows(spark: SparkSession, storage: Storage, source: Source, target: str, rows: int) -> None:
    """Raises LostRows unless the files in the folder have this number of rows by their footers."""
    paths = [uri for uri, size in storage.data_files(target).items() if size]
    found = sum(schema.rows for schema in parquet_schemas.of(spark, source.name, paths)) if paths else 0
    if found != rows:
        raise LostRows(f"source {source.name}: {rows} rows were read from the database, but the snapshot has {found}")
