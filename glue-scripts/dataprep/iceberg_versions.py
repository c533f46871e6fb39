"""Versions of an Iceberg table, each defined by its metadata file; readers see one when the catalog names its file.

A job run copies the published version's metadata to a folder of its own and changes the table there, through Iceberg's
Hadoop catalog. So it needs no catalog service, and never writes to a file or folder of another job run. The files of
the published version are part of the new version.
"""

import json
import re
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession

from dataprep.failures import TableError
from dataprep.iceberg_schemas import partitions_of
from dataprep.partitions import Partition, listed
from dataprep.storage import Storage
from dataprep.writers import OutputPaths

_TAG = "run_"
_RUN = re.compile(r"/run_id=([^/]+)/job_run=")
_NUMBER = re.compile(r"/(\d+)-[^/]+$")
_DATA_LOCATION = "write.data.path"
PROPERTIES: Mapping[str, str] = {
    "format-version": "2",
    # partition values may be longer than a key may be, or sensitive
    "write.object-storage.enabled": "true",
    "write.object-storage.partitioned-paths": "false",
    "write.parquet.compression-codec": "zstd",
}


@dataclass(frozen=True)
class Published:
    """The published version's metadata file, empty without one, and the ids of the earlier runs that are retained.

    A run with `force` may write a new table, if the published one cannot be continued.
    """

    metadata_location: str = ""
    kept_runs: frozenset[str] = frozenset()
    force: bool = False


def base(
    storage: Storage, published: Published, partitions: tuple[Partition, ...], merges: bool
) -> dict[str, Any] | None:
    """The metadata of the published version; None if the run writes a new table, which it cannot if it `merges`.

    Raises TableError if the published version cannot be continued and the run was not started with force.
    """
    location = published.metadata_location
    if not location and merges:
        return _new_table(published, "the published run is not a version of an Iceberg table")
    if not location:
        return None
    if not storage.exists(location):
        return _new_table(published, f"the metadata file {location} of the published table does not exist")
    metadata: dict[str, Any] = json.loads(storage.read(location))
    found = partitions_of(metadata)
    if found != partitions:
        before, after = listed(found), listed(partitions)
        return _new_table(published, f"the published table is partitioned by {before}, not by {after}")
    return metadata


def _new_table(published: Published, problem: str) -> None:
    if not published.force:
        raise TableError(
            f"output.table: {problem}; publish an earlier run by a rollback, "
            "or start a run with force, which writes a new table"
        )


class StagedVersion:
    """The version that a job run makes, as a table of a catalog that only this job run uses."""

    def __init__(self, spark: SparkSession, storage: Storage, paths: OutputPaths) -> None:
        self._jvm: Any = spark._jvm
        self._spark, self._storage, self._paths = spark, storage, paths
        # a session keeps the settings with which it has first used a catalog
        catalog = f"stage_{uuid.uuid4().hex}"
        self.name = f"{catalog}.`run_id={paths.run_id}`.`job_run={paths.job_run}`"
        for key, value in (
            ("", "org.apache.iceberg.spark.SparkCatalog"),
            (".type", "hadoop"),
            (".warehouse", paths.table_location),
            (".cache-enabled", "false"),
        ):
            spark.conf.set(f"spark.sql.catalog.{catalog}{key}", value)

    @property
    def iceberg(self) -> Any:
        """Iceberg's Java package."""
        return self._jvm.org.apache.iceberg

    @property
    def table(self) -> Any:
        """The table as Iceberg's Java API has it, with all changes so far."""
        return self.iceberg.spark.Spark3Util.loadIcebergTable(self._spark._jsparkSession, self.name)

    def create(self, schema: Any, spec: Any, properties: Mapping[str, str]) -> None:
        """Starts a new table."""
        given = self._jvm.java.util.HashMap()
        for name, value in properties.items():
            given.put(name, value)
        unsorted = self.iceberg.SortOrder.unsorted()
        new = self.iceberg.TableMetadata.newTableMetadata(schema, spec, unsorted, self._paths.table_location, given)
        self.resume(json.loads(self.iceberg.TableMetadataParser.toJson(new)))

    def resume(self, metadata: Mapping[str, Any]) -> None:
        """Continues a published version; new data files are written to the job run's folder."""
        properties = {**metadata["properties"], _DATA_LOCATION: f"{self._paths.table}data"}
        folder = f"{self._paths.table}metadata/"
        self._storage.write(f"{folder}v1.metadata.json", json.dumps({**metadata, "properties": properties}))
        self._storage.write(f"{folder}version-hint.text", "1")

    def finish(self, kept: Collection[str], previous: str, log: list[dict[str, Any]]) -> str:
        """Writes the version's metadata file, with a tag for this run and those of the retained runs; returns its URI.

        Snapshots of other runs are no longer part of the table. Their files are deleted later. `previous` is the
        metadata file of the published version and `log` its log of earlier ones.
        """
        current = self.table.operations().current()
        builder = self.iceberg.TableMetadata.buildFrom(current)
        tags = {name: ref for name, ref in current.refs().items() if ref.isTag()}
        dropped = [name for name in tags if name.removeprefix(_TAG) not in kept]
        for name in dropped:
            builder.removeRef(name)
        stay = {ref.snapshotId() for name, ref in tags.items() if name not in dropped}
        if snapshot := current.currentSnapshot():
            stay.add(snapshot.snapshotId())
            tag = self.iceberg.SnapshotRef.tagBuilder(snapshot.snapshotId()).build()
            builder.setRef(_TAG + self._paths.run_id, tag)
        builder.removeSnapshots([each for each in current.snapshots() if each.snapshotId() not in stay])
        text = self.iceberg.TableMetadataParser.toJson(builder.discardChanges().build())
        return self._write(json.loads(text), kept, previous, log)

    def _write(self, metadata: dict[str, Any], kept: Collection[str], previous: str, log: list[dict[str, Any]]) -> str:
        del metadata["properties"][_DATA_LOCATION]
        # the files of the steps in between are not part of the table
        replaced = [{"timestamp-ms": metadata["last-updated-ms"], "metadata-file": previous}] if previous else []
        metadata["metadata-log"] = [each for each in [*log, *replaced] if _run_of(each["metadata-file"]) in kept]
        target = f"{self._paths.table}metadata/{_number(previous) + 1:05}-{uuid.uuid4()}.metadata.json"
        self._storage.write(target, json.dumps(metadata))
        return target


def _run_of(location: str) -> str:
    found = _RUN.search(location)
    return found[1] if found else ""


def _number(location: str) -> int:
    found = _NUMBER.search(location)
    return int(found[1]) if found else -1
