"""Deletes the files of an Iceberg table that no run needs: of runs that are no longer kept, failed or were interrupted.

A run's files are kept as long as the folder of its data set names their metadata file, and at least as long as a run
may take. Each deletion alone is harmless, so that a later expiry completes one that was interrupted.
"""

import json
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from pyspark.sql import SparkSession

from dataprep.failures import TableError
from dataprep.storage import Storage
from dataprep.writers import TABLE_POINTER, OutputPaths

# the metadata tables of a snapshot: https://iceberg.apache.org/docs/latest/spark-queries/#inspecting-tables
_PATHS = {"files": "file_path", "manifests": "path"}


def expire(spark: SparkSession, root: str, published: str, minutes: int) -> int:
    """Deletes files that are older than `minutes` and returns their number; `published` is a metadata file.

    Raises TableError, before it deletes anything, if a file is missing that a retained run needs.
    """
    storage, paths = Storage(spark), OutputPaths(root, "", "")
    # the list comes first: a later run adds files, and does not need files that no retained run needs now
    found = {_key(uri): (uri, changed) for uri, changed in storage.ages(paths.table_location).items()}
    needed = {_key(uri) for version in {published, *_kept(storage, paths)} for uri in _files(spark, storage, version)}
    if missing := sorted(needed - set(found)):
        raise TableError(
            f"{len(missing)} files of retained runs are missing, such as {missing[0]}; nothing was deleted"
        )
    oldest = (time.time() - minutes * 60) * 1_000
    expired = [uri for key, (uri, changed) in found.items() if key not in needed and changed < oldest]
    storage.delete_files(expired)
    return len(expired)


def _kept(storage: Storage, paths: OutputPaths) -> Iterable[str]:
    """The metadata files that the folders of runs name, also of runs that are not yet published."""
    for uri in storage.ages(paths.datasets):
        if uri.endswith(f"/{TABLE_POINTER}"):
            yield json.loads(storage.read(uri))["metadata_location"]


def _files(spark: SparkSession, storage: Storage, version: str) -> Iterable[str]:
    """The files of a run: the metadata file, and the manifest list, manifests and data files of its snapshot.

    The metadata file also has snapshots of earlier runs: a retained run has its own metadata file, too.
    """
    metadata: dict[str, Any] = json.loads(storage.read(version))
    yield version
    for snapshot in metadata.get("snapshots", []):
        if snapshot["snapshot-id"] == metadata.get("current-snapshot-id"):
            yield snapshot["manifest-list"]
    for table, column in _PATHS.items():
        for row in spark.read.format("iceberg").load(f"{version}#{table}").select(column).distinct().collect():
            yield row[0]


def _key(uri: str) -> str:
    """The path without scheme and host, which file systems write differently."""
    return urlsplit(uri).path
