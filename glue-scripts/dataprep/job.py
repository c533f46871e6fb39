"""One run: read the sources, set bad rows aside, make the data set, judge it, report."""

import hashlib
import json
from datetime import UTC, datetime
from functools import partial, reduce
from typing import Any

from pyspark import StorageLevel
from pyspark.errors import SparkRuntimeException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from dataprep import drift, merge, quality, reasons, rejection, rules, settings, sources, steps
from dataprep.counting import Counter
from dataprep.failures import StepError, root_cause
from dataprep.inputs import Inputs
from dataprep.names import REASONS, quoted
from dataprep.quality import Counts, SourceCounts
from dataprep.recipe import Recipe
from dataprep.rejection import DATA_SET
from dataprep.report_bounds import bounded
from dataprep.storage import Storage
from dataprep.together import together
from dataprep.writers import Places, json_lines, write_csv

# what one copyObject can publish; a CSV file is larger than the same rows in Parquet
_CSV_LIMIT_BYTES = 5 << 30


def run(spark: SparkSession, recipe: Recipe, inputs: Inputs, root: str, run_id: str, job_run: str) -> dict[str, Any]:
    """Carries out the recipe: writes data set, quarantine and report below `root`; the report.

    Raises SourceError, StepError or LostRows; a run whose data breaks the recipe's rules ends normally, with the
    verdict `failed` in its report.
    """
    settings.use(spark)
    try:
        return _Run(spark, recipe, inputs, Places(root, run_id, job_run)).carry_out()
    except SparkRuntimeException as error:
        raise StepError(f"dataset.steps: {root_cause(error)}") from error


class _Run:
    def __init__(self, spark: SparkSession, recipe: Recipe, inputs: Inputs, places: Places) -> None:
        self._spark = spark
        self._recipe = recipe
        self._inputs = inputs
        self._places = places
        self._storage = Storage(spark)
        self._now = datetime.now(UTC)
        self._kept: list[DataFrame] = []
        self._set_aside: list[DataFrame] = []
        self._warnings: list[str] = []
        self._counts: dict[str, SourceCounts] = {}
        self._grown: list[str] = []

    def carry_out(self) -> dict[str, Any]:
        self._storage.delete(self._places.quarantine)
        tables = self._sources()
        stage = steps.apply(self._recipe, tables)
        rows, rejected = self._reject(stage.rows, tables)
        rows = self._grown_last(rows)
        kept: Counter | None = None
        if self._recipe.key:
            merge.require_unique(rows, self._recipe.key)
        if self._recipe.key and self._inputs.published:
            rows, kept = merge.merged(self._spark.read.parquet(self._inputs.published), rows, self._recipe.key)
        dataset, measured = self._write(rows)
        counts = Counts(
            sources=self._counts,
            main=self._recipe.main,
            **stage.dropped(self._counts[self._recipe.main].rows_used),
            rejected=rejected,
            kept=kept.rows if kept else 0,
            rows_out=dataset.count(),
        )
        counts.require_conserved()
        report = self._report(dataset, counts, measured, tables)
        for frame in self._kept:
            frame.unpersist()
        return report

    def _sources(self) -> rejection.Tables:
        """Each source's good rows; the others are set aside."""
        names = list(self._recipe.sources)
        found = dict(zip(names, together(self._spark, *(partial(self._prepared, name) for name in names)), strict=True))
        for name, prepared in found.items():
            self._kept.append(prepared.rows)
            self._counts[name] = prepared.counts
            self._warnings.extend(prepared.warnings)
            self._grown.extend(prepared.added)
        return {name: prepared.good for name, prepared in found.items()}

    def _prepared(self, name: str) -> sources.Prepared:
        source, folder = self._recipe.sources[name], self._inputs.sources[name]
        reserved = steps.names(self._recipe) if name == self._recipe.main else None
        prepared = sources.prepare(self._spark, source, folder, self._recipe.drift, reserved)
        if prepared.counts.rows_quarantined:
            self._aside(name, prepared.numbered, prepared.bad)
        return prepared

    def _aside(self, source: str, numbered: DataFrame, bad: DataFrame) -> None:
        reasons.quarantined(numbered, source, self._places.run_id).write.json(self._places.quarantine_of(source))
        self._set_aside.append(bad.select(REASONS))

    def _reject(self, rows: DataFrame, tables: rejection.Tables) -> tuple[DataFrame, int]:
        """The rows that break none of the rules that reject rows, and how many do."""
        wanted = rejection.rejecting(self._recipe.rules)
        if not wanted:
            return rows, 0
        checked = rejection.checked(rows, wanted, tables, self._now).persist(StorageLevel.MEMORY_AND_DISK)
        self._kept.append(checked)
        bad = F.size(REASONS) > 0
        count = checked.filter(bad).count()
        if count:
            rejected = checked.filter(bad)
            self._aside(DATA_SET, reasons.with_row(rejected), rejected)
        return checked.filter(~bad).drop(REASONS), count

    def _grown_last(self, rows: DataFrame) -> DataFrame:
        """Columns that the recipe does not name come after those that it does."""
        names = [name for name in rows.columns if name not in self._grown]
        if left_out := [name for name in self._grown if name not in rows.columns]:
            listed = drift.listed(left_out)
            self._warnings.append(f"source {self._recipe.main}: new columns that no step keeps: {listed}")
        self._grown = [name for name in rows.columns if name in self._grown]
        return rows.select(*(quoted(name) for name in [*names, *self._grown]))

    def _write(self, rows: DataFrame) -> tuple[DataFrame, dict[str, Any]]:
        """The data set as it was written, and what was measured on the way."""
        counter = Counter(*rules.measures(self._recipe.rules, rows))
        counter.at(rows).write.mode("overwrite").parquet(self._places.dataset)
        return self._spark.read.schema(rows.schema).parquet(self._places.dataset), counter.measured

    def _report(
        self, dataset: DataFrame, counts: Counts, measured: dict[str, Any], tables: rejection.Tables
    ) -> dict[str, Any]:
        facts = rules.Facts(dataset, counts.rows_out, measured, counts.read, counts.quarantined, tables, self._now)
        # output.csv is one task: the others find something to do
        (broken, findings), written = together(
            self._spark, partial(self._judged, facts), partial(self._written, dataset)
        )
        report = bounded(
            {
                "run_id": self._places.run_id,
                "recipe": self._recipe.name,
                "recipe_sha256": self._recipe.digest,
                **quality.report(counts, broken, findings, self._warnings),
                **written,
            }
        )
        self._storage.write(self._places.rules, json_lines(quality.table(self._places.run_id, broken, findings)))
        self._storage.write(self._places.report, json.dumps(report, indent=2))
        return report

    def _judged(self, facts: rules.Facts) -> tuple[list[dict[str, Any]], list[rules.Finding]]:
        broken = reasons.by_rule(_union(self._set_aside)) if self._set_aside else []
        rejected = {entry["rule"]: entry["rows"] for entry in broken if entry["source"] == DATA_SET}
        return broken, rules.judged(self._recipe.rules, facts, rejected)

    def _written(self, dataset: DataFrame) -> dict[str, Any]:
        """What the run wrote, for the manifest."""
        files = self._storage.files(self._places.dataset)
        self._storage.write(self._places.objects, json_lines(files))
        size = sum(file["bytes"] for file in files)
        return {
            "dataset": self._places.dataset,
            "dataset_bytes": size,
            "objects": self._places.objects,
            "object_count": len(files),
            "schema_sha256": hashlib.sha256(json.dumps(dataset.dtypes).encode()).hexdigest(),
            "columns": [{"Name": name, "Type": kind} for name, kind in dataset.dtypes],
            "output_csv": self._csv(dataset, size),
        }

    def _csv(self, dataset: DataFrame, dataset_bytes: int) -> str | None:
        """The URI of the data set as one CSV file, unless it is not wanted or would be too large to publish."""
        if not self._recipe.csv:
            return None
        target = self._places.csv
        if dataset_bytes <= _CSV_LIMIT_BYTES and write_csv(dataset, self._storage, target) <= _CSV_LIMIT_BYTES:
            return target
        self._storage.delete(target)
        self._warnings.append(f"output.csv is not published: it is larger than {_CSV_LIMIT_BYTES >> 30} GiB")
        return None


def _union(frames: list[DataFrame]) -> DataFrame:
    return reduce(DataFrame.unionByName, frames)
