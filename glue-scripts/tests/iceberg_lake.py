"""Runs that publish an Iceberg table in a folder, as the state machine publishes it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import place
from pyiceberg.table import StaticTable
from pyspark.sql import SparkSession

from dataprep import inputs, job, recipe
from dataprep.iceberg_versions import Published
from dataprep.storage import Storage


@contextmanager
def local_files(spark: SparkSession) -> Iterator[None]:
    """Iceberg asks the file system for its scheme, which the faster one of the other tests does not know."""
    hadoop = spark._jsc.hadoopConfiguration()
    name = "fs.file.impl"
    fast = hadoop.get(name)
    _use(spark, hadoop, "org.apache.hadoop.fs.LocalFileSystem")
    yield
    _use(spark, hadoop, fast)


def _use(spark: SparkSession, hadoop: Any, system: str) -> None:
    spark._jvm.org.apache.hadoop.fs.FileSystem.closeAll()
    hadoop.set("fs.file.impl", system)


@dataclass
class Lake:
    """A data set's folder; `versions` has the reports of the published runs, the newest first."""

    spark: SparkSession
    root: Path
    versions: list[dict[str, Any]] = field(default_factory=list)
    keeps: int = 3

    def run(self, run_id: str, document: dict[str, Any], text: str, **how: Any) -> dict[str, Any]:
        """Runs a recipe on one CSV file and publishes the result; an incremental recipe merges, unless `full`."""
        report = self.stage(run_id, document, text, **how)
        self.versions = [report, *self.versions][: self.keeps]
        return report

    def stage(
        self,
        run_id: str,
        document: dict[str, Any],
        text: str,
        full: bool = False,
        force: bool = False,
        job_run: str = "j",
    ) -> dict[str, Any]:
        """Runs a recipe without publishing the result; returns the report."""
        file = self.root / f"raw/run_id={run_id}/rows/rows.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        parsed, newest = recipe.parse(json.dumps(document)), self.versions[0] if self.versions else {}
        published = newest.get("dataset", "") if parsed.key and not (full or force) else ""
        located = inputs.locate(
            Storage(self.spark), parsed.sources, f"{place(self.root)}/raw/run_id={run_id}/", published
        )
        kept = frozenset(version["run_id"] for version in self.versions[: self.keeps - 1])
        table = Published(newest.get("table", {}).get("metadata_location", ""), kept, force)
        return job.run(self.spark, parsed, located, place(self.root), run_id, job_run, table=table)

    def rows(self, run_id: str) -> list[tuple[Any, ...]]:
        """The rows of a published run, as PyIceberg reads them by the run's metadata file."""
        return rows_of(version(next(each for each in self.versions if each["run_id"] == run_id)))


def version(report: dict[str, Any]) -> StaticTable:
    """The version of the table that a run wrote, for PyIceberg."""
    return StaticTable.from_metadata(report["table"]["metadata_location"])


def rows_of(table: Any, **how: Any) -> list[tuple[Any, ...]]:
    """The rows of a table, sorted by their texts."""
    return sorted((tuple(row.values()) for row in table.scan(**how).to_arrow().to_pylist()), key=repr)
