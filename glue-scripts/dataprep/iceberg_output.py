"""Writes the data set as a new version of an Iceberg table, which is published by the state machine."""

import json
from collections.abc import Mapping
from typing import Any

from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from dataprep import descriptions
from dataprep.counting import Counter
from dataprep.failures import LostRows
from dataprep.iceberg_schemas import Evolution, schema_of, spec_of
from dataprep.iceberg_versions import PROPERTIES, Published, StagedVersion
from dataprep.names import quoted
from dataprep.recipe import Recipe
from dataprep.storage import Storage
from dataprep.writers import OutputPaths
from dataprep.written import Written, measures

_NEW_ROWS = "new_rows"
# Spark counts the rows of a merge: https://iceberg.apache.org/docs/latest/spark-writes/
_REPLACED = "spark.merge-into.num-target-rows-matched-updated"


class IcebergOutput:
    """The table of one run; `base` is the metadata of the published version, None to write a new table."""

    def __init__(self, recipe: Recipe, paths: OutputPaths, storage: Storage, base: dict[str, Any] | None) -> None:
        self._recipe, self._format = recipe, recipe.table
        self._paths, self._storage, self._base = paths, storage, base

    def write(self, rows: DataFrame, published: Published, merges: bool) -> Written:
        """Writes the rows: if the run `merges`, they replace those with the same key, else all rows of the table.

        Raises StepError, LostRows.
        """
        spark = rows.sparkSession
        self._storage.delete(self._paths.table)
        staged = StagedVersion(spark, self._storage, self._paths)
        self._prepare(staged, rows, merges)
        before = _summary(staged.table)
        measured = self._merge(staged, rows) if merges else self._replace(staged, rows)
        dataset = spark.table(staged.name)
        after = _summary(staged.table)
        retained = _retained(before, after) if merges else 0
        previous = published.metadata_location if self._base else ""
        log = self._base["metadata-log"] if self._base else []
        location = staged.finish(published.kept_runs, previous, log)
        files = _files(spark.table(f"{staged.name}.files"))
        entry = {"format": "iceberg", "metadata_location": location, **_changes(before, after, merges)}
        entry |= self._partitions(spark.table(f"{staged.name}.files"))
        self._storage.write(self._paths.table_pointer, json.dumps(entry))
        return Written(dataset, retained, measured, files, {"table": entry})

    def _prepare(self, staged: StagedVersion, rows: DataFrame, merges: bool) -> None:
        """Gives the table the schema and the order of the new rows."""
        jvm, comments = rows.sparkSession._jvm, descriptions.of(self._recipe)
        schema = schema_of(jvm, rows)
        if self._base is None:
            spec = spec_of(jvm, schema, self._format.partition_by)
            # rows of one partition come to one task; a range of sorted rows would need a second pass over them
            distribution = "hash" if self._format.partition_by else "none"
            staged.create(schema, spec, {**PROPERTIES, "write.distribution-mode": distribution})
        else:
            staged.resume(self._base)
        Evolution(jvm, staged.table, comments).to(schema, merges)
        self._sort(staged.iceberg, staged.table)

    def _sort(self, iceberg: Any, table: Any) -> None:
        fields = [table.schema().findColumnName(field.sourceId()) for field in table.sortOrder().fields()]
        if fields == list(self._format.sort_by):
            return
        order = table.replaceSortOrder()
        for name in self._format.sort_by:
            order.asc(iceberg.expressions.Expressions.ref(name), iceberg.NullOrder.NULLS_FIRST)
        order.commit()

    def _replace(self, staged: StagedVersion, rows: DataFrame) -> Mapping[str, Any]:
        counter = Counter(*measures(self._recipe, rows))
        counter.at(rows).writeTo(staged.name).overwrite(F.lit(True))
        return counter.measured

    def _merge(self, staged: StagedVersion, rows: DataFrame) -> Mapping[str, Any]:
        """Rewrites the files that have a row to replace, and no others.

        Spark evaluates the new rows twice, to find the files and to join, so that they must not be computed again.
        """
        spark = rows.sparkSession
        target = spark.table(staged.name)
        folder = f"{self._paths.table}new_rows/"
        rows.select(*(_column(rows, name, kind) for name, kind in target.dtypes)).write.parquet(folder)
        spark.read.schema(target.schema).parquet(folder).createOrReplaceTempView(_NEW_ROWS)
        same = " AND ".join(f"t.{quoted(name)} <=> s.{quoted(name)}" for name in self._recipe.key)
        spark.sql(
            f"MERGE INTO {staged.name} t USING {_NEW_ROWS} s ON {same} "
            "WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *"
        )
        spark.catalog.dropTempView(_NEW_ROWS)
        self._storage.delete(folder)
        merged = spark.table(staged.name)
        wanted = measures(self._recipe, merged)
        return merged.agg(*wanted).collect()[0].asDict() if wanted else {}

    def _partitions(self, files: DataFrame) -> dict[str, int]:
        """How many partitions there are, and the bytes that a query of the largest of them reads."""
        if not self._format.partition_by:
            return {}
        sizes = files.groupBy("partition").agg(F.sum("file_size_in_bytes").alias("size"))
        found = sizes.agg(F.count("*").alias("count"), F.max("size").alias("largest")).collect()[0]
        return {"partitions": found["count"], "largest_partition_bytes": found["largest"] or 0}


def _column(rows: DataFrame, name: str, kind: str) -> SparkColumn:
    """A column of the table; null for new rows without it."""
    return F.col(quoted(name)) if name in rows.columns else F.lit(None).cast(kind).alias(name)


def _summary(table: Any) -> dict[str, str]:
    """The summary of the current snapshot, with its id; empty for a table without one."""
    snapshot = table.currentSnapshot()
    return {**dict(snapshot.summary()), "id": str(snapshot.snapshotId())} if snapshot else {}


def _retained(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    """The rows of the previous snapshot that the merge has not replaced."""
    rows = int(before.get("total-records", 0))
    if before.get("id") == after.get("id"):
        return rows
    if _REPLACED not in after:
        raise LostRows(f"Spark has not counted the rows that the merge replaced: {dict(after)}")
    return rows - int(after[_REPLACED])


def _changes(before: Mapping[str, str], after: Mapping[str, str], merges: bool) -> dict[str, Any]:
    """The files that the run added, removed and rewrote, for the report; the id as text, as it exceeds a double."""
    changed = {} if before.get("id") == after.get("id") else after
    removed = int(changed.get("deleted-data-files", 0))
    return {
        "snapshot_id": after.get("id", ""),
        "files": int(after.get("total-data-files", 0)),
        "bytes": int(after.get("total-files-size", 0)),
        "files_added": int(changed.get("added-data-files", 0)),
        "files_removed": removed,
        "files_rewritten": removed if merges else 0,
        "bytes_added": int(changed.get("added-files-size", 0)),
        "bytes_removed": int(changed.get("removed-files-size", 0)),
    }


def _files(files: DataFrame) -> list[dict[str, Any]]:
    found = files.select("file_path", "file_size_in_bytes").collect()
    return sorted(
        ({"uri": file["file_path"], "bytes": file["file_size_in_bytes"]} for file in found),
        key=lambda entry: str(entry["uri"]),
    )
